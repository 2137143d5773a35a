import { join } from 'node:path'
import type { FunctionDefinition } from '../../ports/index.ts'
import type { ProjectOptions } from '../options.ts'
import { createReport, type Report } from '../problems.ts'
import { type ContentHashes, createContentHashes } from './content-hashes.ts'
import { defineFunction, layersOf } from './definition.ts'
import { discoverFunctions } from './discover.ts'
import { readDotEnv } from './environment.ts'
import type { FoundFunction } from './found-function.ts'
import { createLayerFiles } from './layer-files.ts'
import { type Built, createNodeBuilder } from './node-builder.ts'
import { dependedFiles } from './python-files.ts'
import { unpackArchives } from './unpack-archives.ts'

/** All functions of the project after one pass. */
export interface LoadedFunctions {
  readonly functions: ReadonlyMap<string, FunctionDefinition>
  readonly report: Report
  /** Every file that a function depends on. */
  readonly files: ReadonlySet<string>
}

/** The project's functions, kept from one load to the next so that only what changed is built again. */
export interface FunctionSet {
  /** `changed` are the files that may differ since the last load; without it, all. */
  load(options: ProjectOptions, changed?: ReadonlySet<string>): Promise<LoadedFunctions>
  close(): Promise<void>
}

interface Known {
  readonly found: FoundFunction
  readonly built: Built
}

/** An empty set. */
export function createFunctionSet(directory: string, buildDirectory: string): FunctionSet {
  const builder = createNodeBuilder(directory, buildDirectory)
  const hashes: ContentHashes = createContentHashes()
  let known = new Map<string, Known>()
  let discovered: Discovered | undefined
  let healthy = new Set<string>()
  return {
    async load(options, changed) {
      hashes.expire(changed)
      const report = createReport()
      discovered = await rediscover(options, buildDirectory, discovered, changed)
      report.findings.push(...discovered.report.findings)
      report.problems.push(...discovered.report.problems)
      const { found } = discovered
      const stale = found.filter(one => isNode(one) && isStale(known.get(one.name), one, changed))
      const built = await builder.build(stale)
      const next = new Map<string, Known>()
      const functions = new Map<string, FunctionDefinition>()
      const files = new Set<string>()
      const well = new Set<string>()
      const dotEnv = readDotEnv(directory)
      const layerFiles = createLayerFiles()
      for (const one of found) {
        const made = isNode(one)
          ? (built.get(one.name) ?? known.get(one.name)?.built ?? unbuilt(one.entryFile))
          : dependencies(one, directory, known.get(one.name), changed)
        next.set(one.name, { found: one, built: made })
        for (const file of made.inputs) files.add(file)
        if (one.archive !== undefined) files.add(one.archive)
        reportBuilt(report, one, made, healthy.has(one.name))
        if (made.errors.length === 0) well.add(one.name)
        const layers = layerFiles(layersOf(one.name, options).filter(layer => !layer.startsWith('arn:')))
        for (const file of layers) files.add(file)
        const inputs = new Map([...made.inputs, ...layers].map(file => [file, hashes.of(file)]))
        const entry = made.entry === undefined ? {} : { entry: made.entry }
        functions.set(one.name, defineFunction(one, options, dotEnv, { ...entry, inputs }))
      }
      known = next
      if (report.problems.length === 0) healthy = well
      hashes.sweep(files)
      return { functions, report, files }
    },
    close: () => builder.close(),
  }
}

interface Discovered {
  readonly found: readonly FoundFunction[]
  readonly report: Report
}

/** Which functions there are depends on the folders that hold them, and on the configuration (which makes a new set). */
async function rediscover(
  options: ProjectOptions,
  buildDirectory: string,
  before: Discovered | undefined,
  changed: ReadonlySet<string> | undefined,
): Promise<Discovered> {
  const concerned = (file: string): boolean =>
    /^[\\/](handlers|src|lib|build)\b/.test(file.slice(options.directory.length))
  if (before !== undefined && changed !== undefined && ![...changed].some(concerned)) return before
  const report = createReport()
  const archives = await unpackArchives(options.directory, buildDirectory, report)
  return { found: discoverFunctions(options, report, archives), report }
}

/** Files of other languages are listed again only where one of them may have come or gone. */
function dependencies(
  found: FoundFunction,
  directory: string,
  known: Known | undefined,
  changed: ReadonlySet<string> | undefined,
): Built {
  const folders = [found.codeDirectory, join(directory, 'handlers', 'lib'), join(directory, 'lib')]
  const concerned = (file: string): boolean => folders.some(folder => file.startsWith(folder))
  if (known?.found.entryFile === found.entryFile && changed !== undefined && ![...changed].some(concerned))
    return known.built
  return { inputs: dependedFiles(found, directory), errors: [], missing: new Map() }
}

function isNode(found: FoundFunction): boolean {
  return found.language === 'typescript' || found.language === 'javascript'
}

function unbuilt(file: string): Built {
  return { inputs: [file], errors: [], missing: new Map() }
}

function isStale(
  known: Known | undefined,
  found: FoundFunction,
  changed: ReadonlySet<string> | undefined,
): boolean {
  if (known === undefined || changed === undefined) return true
  if (known.found.entryFile !== found.entryFile) return true
  // What could not be resolved may exist by now.
  if (known.built.errors.length > 0 || known.built.missing.size > 0) return true
  return known.built.inputs.some(file => changed.has(file)) || mayShadow(known.built.inputs, changed)
}

/** A new `util.ts` beside `util.js` changes what `./util` means. */
function mayShadow(inputs: readonly string[], changed: ReadonlySet<string>): boolean {
  const bare = (file: string): string => file.replace(/([\\/]index)?\.\w+$/, '')
  const added = [...changed].filter(file => !inputs.includes(file)).map(bare)
  if (added.length === 0) return false
  const names = new Set(inputs.map(bare))
  return added.some(name => names.has(name))
}

/**
 * What cannot be bundled cannot run. Plain JavaScript can be tried: Node itself says at the first call what is wrong,
 * as on AWS; but an edit that breaks it leaves the last good snapshot in place.
 */
function reportBuilt(report: Report, found: FoundFunction, built: Built, wasHealthy: boolean): void {
  for (const error of built.errors) {
    if (found.language === 'typescript' || wasHealthy) report.problems.push(error)
    else
      report.finding(
        'error',
        error.code,
        error.message,
        error.position && { position: error.position, source: error.source ?? '' },
        error.hint,
      )
  }
  for (const [name, importer] of built.missing)
    report.finding(
      'warning',
      'missing-package',
      `The function ${found.name} imports ${name}, which is not installed`,
      { position: { file: importer, line: 1, column: 1 }, source: '' },
      `npm install ${name}`,
    )
}
