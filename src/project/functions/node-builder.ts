import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import type { BuildContext, BuildFailure, Message, Metafile } from 'esbuild'
import { loadEsbuild, UserError } from '../../lib/index.ts'
import type { FoundFunction } from './found-function.ts'
import { buildOptions, type Form, formOf, moduleFormOf } from './node-options.ts'

/** A Node function after building. */
export interface Built {
  /** The bundle; absent where the source itself is run. */
  readonly entry?: string
  /** Every file that took part, absolute. */
  readonly inputs: readonly string[]
  readonly errors: readonly UserError[]
  /** Packages that are not installed, with the file that asks for them. */
  readonly missing: ReadonlyMap<string, string>
}

/** Builds Node functions: all at once when the project is opened, one by one when they change. */
export interface NodeBuilder {
  build(functions: readonly FoundFunction[]): Promise<Map<string, Built>>
  close(): Promise<void>
}

/** More than that many at once are built in one run; fewer keep an incremental context each. */
const fewAtOnce = 4
/** Contexts that are kept for the next change. */
const keptContexts = 8

interface Kept {
  readonly context: BuildContext
  readonly missing: Map<string, string>
}

/** A builder whose bundles go to `buildDirectory`. esbuild is loaded when there is something to build. */
export function createNodeBuilder(directory: string, buildDirectory: string): NodeBuilder {
  const contexts = new Map<string, Kept>()
  let started = false

  const single = async (found: FoundFunction, form: Form): Promise<Built> => {
    const key = `${form} ${found.name} ${found.entryFile}`
    let kept = contexts.get(key)
    if (kept === undefined) {
      const { context } = loadEsbuild()
      const missing = new Map<string, string>()
      kept = { context: await context(optionsFor(form, [found], missing)), missing }
      started = true
    }
    contexts.delete(key)
    contexts.set(key, kept)
    for (const [old, { context }] of contexts) {
      if (contexts.size <= keptContexts) break
      contexts.delete(old)
      await context.dispose()
    }
    kept.missing.clear()
    try {
      const { metafile } = await kept.context.rebuild()
      return built(found, form, importGraph(metafile, directory), kept.missing)
    } catch (failure) {
      // Top-level await exists in ES modules only, so the file is one.
      if (form === 'cjs' && extname(found.entryFile) !== '.cts' && isTopLevelAwait(failure))
        return single(found, 'esm')
      return failed(found, failure, kept.missing)
    }
  }
  const optionsFor = (form: Form, group: readonly FoundFunction[], missing: Map<string, string>) =>
    buildOptions(
      form,
      Object.fromEntries(group.map(found => [outputName(found), found.entryFile])),
      directory,
      buildDirectory,
      (name, importer) => missing.set(name, importer),
    )
  const together = async (form: Form, group: readonly FoundFunction[]): Promise<[string, Built][]> => {
    const one = async (found: FoundFunction): Promise<[string, Built]> => [
      found.name,
      await single(found, form),
    ]
    if (group.length <= fewAtOnce) return Promise.all(group.map(one))
    const missing = new Map<string, string>()
    try {
      const { build } = loadEsbuild()
      started = true
      const { metafile } = await build(optionsFor(form, group, missing))
      const graph = importGraph(metafile, directory)
      return group.map(found => [found.name, built(found, form, graph, missing)])
    } catch (failure) {
      if (!isBuildFailure(failure)) throw failure
      // One broken file fails the whole run; built alone, each function has its own errors.
      return Promise.all(group.map(one))
    }
  }
  const built = (
    found: FoundFunction,
    form: Form,
    graph: ImportGraph,
    missing: Map<string, string>,
  ): Built => {
    const inputs = reachedFrom(resolve(found.entryFile), graph)
    const extension = form === 'esm' ? '.mjs' : '.cjs'
    return {
      ...(form === 'graph' ? {} : { entry: join(buildDirectory, outputName(found) + extension) }),
      inputs,
      errors: [],
      missing: new Map([...missing].filter(([, importer]) => inputs.includes(importer))),
    }
  }
  const failed = (found: FoundFunction, failure: unknown, missing: Map<string, string>): Built => {
    if (!isBuildFailure(failure)) throw failure
    const errors = failure.errors
      .filter(error => !hasNoLoader(error))
      .map(error => userError(error, found, directory))
    const files = failure.errors.flatMap(error =>
      error.location ? resolve(directory, error.location.file) : [],
    )
    return { inputs: [...new Set([found.entryFile, ...files])], errors, missing: new Map(missing) }
  }
  return {
    async build(functions) {
      const groups = new Map<Form, FoundFunction[]>()
      for (const found of functions) {
        const form = formOf(found)
        groups.set(form, [...(groups.get(form) ?? []), found])
      }
      const results = await Promise.all([...groups].map(([form, group]) => together(form, group)))
      const all = new Map(results.flat())
      // JavaScript that imports TypeScript has to be bundled after all.
      for (const found of groups.get('graph') ?? [])
        if (all.get(found.name)?.inputs.some(file => /\.([cm]?ts|[jt]sx)$/.test(file)))
          all.set(found.name, await single(found, moduleFormOf(found)))
      return all
    },
    async close() {
      const open = [...contexts.values()]
      contexts.clear()
      if (started) await Promise.all(open.map(({ context }) => context.dispose()))
    },
  }
}

function outputName(found: FoundFunction): string {
  return `${found.name}/${basename(found.entryFile).slice(0, -extname(found.entryFile).length)}`
}

/** Absolute files with the files that they import. */
type ImportGraph = ReadonlyMap<string, readonly string[]>

function importGraph(metafile: Metafile | undefined, directory: string): ImportGraph {
  return new Map(
    Object.entries(metafile?.inputs ?? {}).map(([path, { imports }]) => [
      resolve(directory, path),
      imports.filter(({ external }) => external !== true).map(imported => resolve(directory, imported.path)),
    ]),
  )
}

/** The part of the graph that one entry reaches. */
function reachedFrom(entry: string, graph: ImportGraph): string[] {
  const reached = new Set([entry])
  for (const file of reached) for (const imported of graph.get(file) ?? []) reached.add(imported)
  return [...reached]
}

function isBuildFailure(failure: unknown): failure is BuildFailure {
  return failure instanceof Error && Array.isArray((failure as Partial<BuildFailure>).errors)
}

function isTopLevelAwait(failure: unknown): boolean {
  return isBuildFailure(failure) && failure.errors.some(error => error.text.startsWith('Top-level await'))
}

/** Plain JavaScript is run by Node, which decides itself what it can load. */
function hasNoLoader(error: Message): boolean {
  return error.text.startsWith('No loader is configured')
}

function userError(error: Message, found: FoundFunction, directory: string): UserError {
  const { location } = error
  const file = location === null ? found.entryFile : resolve(directory, location.file)
  return new UserError('handler-build', `The function ${found.name} cannot be built: ${error.text}`, {
    position: { file, line: location?.line ?? 1, column: (location?.column ?? 0) + 1 },
    ...(existsSync(file) ? { source: readFileSync(file, 'utf8') } : {}),
    hint: location?.suggestion
      ? `Try ${location.suggestion}`
      : (error.notes[0]?.text ??
        `Correct ${basename(dirname(file))}/${basename(file)}; it is built again when it is saved.`),
  })
}
