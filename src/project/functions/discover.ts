import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import type { ProjectOptions } from '../options.ts'
import type { Report } from '../problems.ts'
import { configuredEntry } from './configured-entry.ts'
import { entryExtensions, type FoundFunction, type Language, languageOf } from './found-function.ts'

/** The names under which a folder's entry is found, the first that exists counts. */
const entryNames = ['index', 'lambda_function', 'app', 'handler']
const noFunction =
  /^(lib|node_modules|__pycache__|__init__\.py|[._].*|conftest\.py|.*\.d\.[cm]?ts|.*[._](test|spec)\.\w+|test_.*\.py)$/

/** What the file names and the handler's own text decide: `handlers/<function>/` and `handlers/<function>.<ext>`. */
export function discoverFunctions(
  options: ProjectOptions,
  report: Report,
  /** Folders of unpacked `handlers/*.zip`, by the archives' paths. */
  archives: ReadonlyMap<string, string> = new Map(),
): FoundFunction[] {
  const { directory } = options
  const found = new Map<string, FoundFunction>()
  const handlers = join(directory, 'handlers')
  const python = join(directory, 'src')
  if (existsSync(handlers)) {
    for (const one of scan(handlers, [handlers, ...sharedFolders(directory)], options, report))
      add(found, one, report)
    for (const [archive, folder] of archives) {
      const name = basename(archive, '.zip')
      const one = fromFolder(folder, name, [], options, report)
      if (one !== undefined) add(found, { ...one, archive }, report)
    }
  }
  if (existsSync(python)) {
    // The layout of a Python framework: src/<function>/index.py beside lib/ and build/.
    for (const name of folders(python)) {
      const file = join(python, name, 'index.py')
      if (!found.has(name) && existsSync(file) && /^(async )?def handler\b/m.test(readFileSync(file, 'utf8')))
        found.set(name, fromFile(name, file, sharedFolders(directory)))
    }
  }
  for (const [name, configured] of Object.entries(options.functions ?? {})) {
    const present = found.get(name)
    if (configured.handler === undefined) {
      if (present === undefined) unknownConfigured(report, name, directory)
      continue
    }
    const entry = configuredEntry(directory, name, configured.handler, present)
    if (entry === undefined) unknownHandler(report, name, configured.handler)
    else
      found.set(name, {
        ...entry,
        name,
        libraries: [handlers, ...sharedFolders(directory)].filter(existsSync),
      })
  }
  return [...found.values()]
}

/** `lib/` beside `handlers/` is importable as `lib`, and so is what `pip install -t build` put there. */
function sharedFolders(directory: string): string[] {
  if (!existsSync(join(directory, 'lib'))) return []
  const build = join(directory, 'build')
  return existsSync(build) ? [directory, build] : [directory]
}

function scan(
  handlers: string,
  libraries: readonly string[],
  options: ProjectOptions,
  report: Report,
): FoundFunction[] {
  const found: FoundFunction[] = []
  for (const entry of readdirSync(handlers, { withFileTypes: true })) {
    if (noFunction.test(entry.name)) continue
    const path = join(handlers, entry.name)
    const isFolder =
      entry.isDirectory() ||
      (entry.isSymbolicLink() && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true)
    if (!isFolder) {
      if (languageOf(entry.name) !== undefined)
        found.push(fromFile(entry.name.slice(0, -extname(entry.name).length), path, libraries))
      continue
    }
    const one = fromFolder(path, entry.name, libraries, options, report)
    if (one !== undefined) found.push(one)
  }
  return found
}

/** The function that a folder holds, if it holds one. */
function fromFolder(
  path: string,
  name: string,
  libraries: readonly string[],
  options: ProjectOptions,
  report: Report,
): FoundFunction | undefined {
  const file = folderEntry(path, name)
  if (file !== undefined) return fromFile(name, file, libraries)
  if (options.functions?.[name]?.handler !== undefined) return undefined
  const other = otherRuntime(path, name, libraries)
  if (other === undefined && options.functions?.[name]?.runtime === undefined)
    report.finding(
      'warning',
      'no-handler-found',
      `handlers/${name} holds no handler; it is not a function`,
      { position: { file: path, line: 1, column: 1 }, source: '' },
      'A function begins in index.{ts,mts,js,mjs,cjs}, index.py, lambda_function.py or app.py.',
    )
  return other
}

function folderEntry(folder: string, name: string): string | undefined {
  const present = new Set(readdirSync(folder))
  for (const base of [...entryNames, name])
    for (const extension of entryExtensions)
      if (present.has(base + extension)) return join(folder, base + extension)
  return undefined
}

function fromFile(name: string, file: string, libraries: readonly string[]): FoundFunction {
  const language = languageOf(file) ?? 'other'
  const base = basename(file).slice(0, -extname(file).length)
  return {
    name,
    language,
    entryFile: file,
    codeDirectory: dirname(file),
    handler: `${base}.${exportedName(file, language)}`,
    libraries: libraries.filter(folder => folder !== dirname(file)),
  }
}

/** `handler`, unless the file only has another of the usual names. */
function exportedName(file: string, language: Language): string {
  const text = readFileSync(file, 'utf8')
  if (language === 'python')
    return /^(async )?def handler\b|^handler\s*[=:]/m.test(text) || !/\blambda_handler\b/.test(text)
      ? 'handler'
      : 'lambda_handler'
  return !/\bhandler\b/.test(text) && /\blambdaHandler\b/.test(text) ? 'lambdaHandler' : 'handler'
}

/** A `bootstrap` brings its own runtime; Ruby has one usual name. */
function otherRuntime(folder: string, name: string, libraries: readonly string[]): FoundFunction | undefined {
  const found = (handler: string): FoundFunction => ({
    name,
    language: 'other',
    entryFile: folder,
    codeDirectory: folder,
    handler,
    libraries,
  })
  if (existsSync(join(folder, 'bootstrap'))) return found('bootstrap')
  if (existsSync(join(folder, 'lambda_function.rb'))) return found('lambda_function.lambda_handler')
  return undefined
}

function folders(parent: string): string[] {
  return readdirSync(parent, { withFileTypes: true })
    .filter(entry => entry.isDirectory() && !noFunction.test(entry.name))
    .map(entry => entry.name)
}

function add(found: Map<string, FoundFunction>, one: FoundFunction, report: Report): void {
  const other = found.get(one.name)
  if (other !== undefined)
    report.problem(
      'duplicate-function',
      `Two handlers are named ${one.name}: ${other.entryFile} and ${one.entryFile}`,
      { position: { file: one.entryFile, line: 1, column: 1 }, source: '' },
      'Rename one of them, or move it to handlers/lib/.',
    )
  else found.set(one.name, one)
}

function unknownConfigured(report: Report, name: string, directory: string): void {
  report.problem(
    'unknown-function',
    `The configuration describes the function ${name}, but there is no such handler`,
    undefined,
    `Create ${join(directory, 'handlers', name)}/index.js, or name its file: functions: { ${name}: { handler: 'file.export' } }.`,
  )
}

function unknownHandler(report: Report, name: string, handler: string): void {
  report.problem(
    'unknown-handler',
    `The handler ${handler} of the function ${name} leads to no file`,
    undefined,
    `It is file.export, relative to handlers/${name}/, to handlers/ or to the project.`,
  )
}
