import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { checkFunctionUses } from './function-uses.ts'
import { createFunctionSet } from './functions/function-set.ts'
import { checkJoinedRoutes } from './joined-routes.ts'
import type { ProjectOptions } from './options.ts'
import { createReport, ProjectError } from './problems.ts'
import type { ProjectSnapshot, RestApi } from './snapshot.ts'
import { createSourceFiles, type SourceFiles } from './source/source-files.ts'
import { type ReadApi, readApi } from './swagger/read-api.ts'

/** A snapshot and every file that it was made from. */
export interface LoadedProject {
  readonly snapshot: ProjectSnapshot
  readonly files: readonly string[]
}

/** Makes one snapshot after another, and does again only what a change asks for. */
export interface ProjectLoader {
  /** `changed` are the files that may differ since the last load; without it, all. Throws a `ProjectError`. */
  load(changed?: ReadonlySet<string>): Promise<LoadedProject>
  /** Every file that the last load, good or not, depended on. */
  files(): ReadonlySet<string>
  close(): Promise<void>
}

/** A loader with the caches of one project. */
export function createProjectLoader(options: ProjectOptions, firstVersion = 1): ProjectLoader {
  const directory = resolve(options.directory)
  const sources = sourceFilesFor(options)
  const functionSet = createFunctionSet(directory, resolve(options.buildDirectory))
  const stages = new Map(
    Object.entries(options.stages).map(([name, { variables = {}, canary, throttle }]) => [
      name,
      { name, variables, ...(canary && { canary }), ...(throttle && { throttle }) },
    ]),
  )
  let known = new Map<string, ReadApi>()
  let files: ReadonlySet<string> = new Set()
  let version = firstVersion

  const readApis = (changed: ReadonlySet<string> | undefined): ReadApi[] => {
    sources.expire(changed)
    const read = swaggerFiles(directory).map(file => {
      const before = known.get(file)
      return before !== undefined && changed !== undefined && isUntouched(before, changed)
        ? before
        : readApi(file, { ...options, directory }, sources)
    })
    known = new Map(read.map(one => [one.file, one]))
    // A file that others refer to is a part of them and need not be an API of its own.
    return read.filter(
      one =>
        !one.report.problems.some(problem => problem.code === 'not-openapi') ||
        !read.some(other => other !== one && other.opened.has(one.file)),
    )
  }
  const loadOnce = async (changed: ReadonlySet<string> | undefined): Promise<LoadedProject> => {
    const report = createReport()
    // esbuild works in a process of its own while the Swagger files are read here.
    const building = functionSet.load({ ...options, directory }, changed)
    const reading = (async () => readApis(changed))()
    await Promise.allSettled([reading, building])
    const [apis, loaded] = [await reading, await building]
    files = new Set([...apis.flatMap(one => [...one.opened]), ...loaded.files])
    const good = apis.flatMap(({ api }) => (api === undefined ? [] : [api]))
    checkJoinedRoutes(withSources(good, sources), directory, report)
    checkFunctionUses(
      apis.flatMap(one => one.functionUses),
      loaded.functions,
      options.stages,
      report,
    )
    const reports = [...apis.map(one => one.report), loaded.report, report]
    const problems = reports.flatMap(one => one.problems)
    if (problems.length > 0) throw new ProjectError([...new Set(problems)])
    sources.sweep(files)
    return {
      snapshot: {
        version: version++,
        apis: good,
        stages,
        functions: loaded.functions,
        findings: reports.flatMap(one => one.findings),
      },
      files: [...files],
    }
  }
  return {
    load: changed => whileFilesMove(() => loadOnce(changed)),
    files: () => files,
    close: () => functionSet.close(),
  }
}

/** A file that goes away between being listed and being read is looked for anew; by then things have settled. */
async function whileFilesMove<Result>(load: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await load()
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (attempt === 3 || (code !== 'ENOENT' && code !== 'ENOTDIR')) throw error
    }
  }
}

/** The project's files, with the placeholders that deployment scripts commonly replace. */
export function sourceFilesFor(options: ProjectOptions): SourceFiles {
  return createSourceFiles({
    AWS_ACCOUNT: options.account,
    AWS_ACCOUNT_ID: options.account,
    AWS_REGION: options.region,
    ...options.placeholders,
  })
}

/** `swagger/*.{yaml,yml,json}`; names that begin with a dot or an underscore are parts of others. */
export function swaggerFiles(directory: string): string[] {
  const folder = join(directory, 'swagger')
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter(name => /\.(ya?ml|json)$/i.test(name) && !/^[._]/.test(name))
    .sort()
    .map(name => join(folder, name))
}

function isUntouched(read: ReadApi, changed: ReadonlySet<string>): boolean {
  for (const file of read.opened) if (changed.has(file)) return false
  return true
}

function withSources(
  apis: readonly RestApi[],
  sources: SourceFiles,
): { readonly api: RestApi; readonly source: string }[] {
  return apis.map(api => ({ api, source: sources.open(api.file).source.original }))
}
