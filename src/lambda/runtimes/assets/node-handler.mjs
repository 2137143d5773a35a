// Finds and loads a handler as AWS's Node runtime does: `folder/file.export.nested`, files without ending, .js, .mjs,
// .cjs, then node_modules. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html#nodejs-handler-naming
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  HandlerNotFound,
  ImportModuleError,
  MalformedHandlerName,
  UserCodeSyntaxError,
} from './node-errors.mjs'
import { isEsModule } from './node-module-kind.mjs'

/** The ES module that was imported last; for where its syntax error stands. @type {string | undefined} */
let imported

/** @param {string} file */
function importFile(file) {
  imported = file
  return import(pathToFileURL(file).href)
}

/**
 * @param {string} directory the function's folder
 * @param {string} moduleRoot the part of the handler's name in front of the file
 * @param {string} moduleName
 * @param {NodeRequire} require
 * @returns {Promise<unknown>}
 */
async function loadModule(directory, moduleRoot, moduleName, require) {
  const path = resolve(directory, moduleRoot, moduleName)
  if (existsSync(path)) {
    // A folder beside the file (`api/` beside `api.js`) is not meant unless it can be loaded itself.
    const loaded = require(path)
    if (loaded) return loaded
  }
  const script = `${path}.js`
  if (existsSync(script)) {
    return isEsModule(script, directory) ? importFile(script) : require(script)
  }
  if (existsSync(`${path}.mjs`)) return importFile(`${path}.mjs`)
  if (existsSync(`${path}.cjs`)) return require(`${path}.cjs`)
  return require(require.resolve(moduleName, { paths: [directory, resolve(directory, moduleRoot)] }))
}

/**
 * Where a syntax error stands. `require` says so in front of the stack; `import` only when Node itself prints it, so
 * Node is asked: modules are compiled before any of their code runs, and nothing but the error comes of it.
 * @param {SyntaxError} error
 * @param {string | undefined} file what was imported
 */
function placeOf(error, file) {
  const [first = '', ...frames] = String(error.stack).split('\n')
  if (!first.startsWith('SyntaxError')) return String(error.stack).split(/\nSyntaxError\b/)[0]
  if (file === undefined || !frames.every(frame => /\(?node:/.test(frame))) return undefined
  const { stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8', timeout: 5000 })
  return stderr.split(/\nSyntaxError\b/)[0]?.replace(/^file:\/\/\/?(?=\w:|\/)/, '')
}

/**
 * AWS's error says nothing about where; here the trace does.
 * @param {SyntaxError} error
 * @param {string | undefined} file
 */
function syntaxError(error, file) {
  const wrapped = new UserCodeSyntaxError(String(error))
  const place = placeOf(error, file)
  if (place) wrapped.stack = `${wrapped.name}: ${wrapped.message}\n${place.trimEnd()}`
  return wrapped
}

/** @param {unknown} error @param {string | undefined} file @returns {unknown} */
function loadError(error, file) {
  if (error instanceof SyntaxError) return syntaxError(error, file)
  if (error instanceof Error && /** @type {NodeJS.ErrnoException} */ (error).code === 'MODULE_NOT_FOUND')
    return new ImportModuleError(String(error))
  return error
}

/**
 * @param {string} directory
 * @param {string} name the handler as configured
 * @param {string} [entry] the file to load instead of looking for one
 * @returns {Promise<import('./node-invoke.mjs').Handler>}
 */
export async function loadHandler(directory, name, entry) {
  if (name.includes('..'))
    throw new MalformedHandlerName(
      `'${name}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    )
  const file = basename(name)
  const root = name.slice(0, name.indexOf(file))
  const [, moduleName, exportPath] = /^([^.]*)\.(.*)$/.exec(file) ?? []
  if (moduleName === undefined || exportPath === undefined) throw new MalformedHandlerName('Bad handler')

  const require = createRequire(join(directory, 'noop.js'))
  /** @type {unknown} */
  let found
  try {
    if (entry) found = entry.endsWith('.cjs') ? require(entry) : await importFile(entry)
    else found = await loadModule(directory, root, moduleName, require)
  } catch (error) {
    throw loadError(error, entry ?? imported)
  }
  for (const key of exportPath.split('.'))
    found = found && /** @type {Record<string, unknown>} */ (found)[key]
  if (!found) throw new HandlerNotFound(`${name} is undefined or not exported`)
  if (typeof found !== 'function') throw new HandlerNotFound(`${name} is not a function`)
  return /** @type {import('./node-invoke.mjs').Handler} */ (found)
}
