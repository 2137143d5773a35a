// Finds and loads a handler as AWS's Node runtime does: `folder/file.export.nested`, files without ending, .js, .mjs,
// .cjs, then node_modules. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html#nodejs-handler-naming
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { logWarning } from './node-console.mjs'
import {
  HandlerNotFound,
  ImportModuleError,
  MalformedHandlerName,
  UserCodeSyntaxError,
} from './node-errors.mjs'

/**
 * Is a `.js` file below `folder` an ES module? The nearest package.json says so; a node_modules folder ends the search.
 * @param {string} folder
 * @returns {boolean}
 */
function isModuleFolder(folder) {
  if (basename(folder) === 'node_modules') return false
  const file = join(folder, 'package.json')
  if (existsSync(file)) {
    try {
      return JSON.parse(readFileSync(file, 'utf8'))?.type === 'module'
    } catch (error) {
      logWarning(`${file} cannot be read, it will be ignored for ES module detection purposes.`, error)
      return false
    }
  }
  const parent = dirname(folder)
  return parent === folder ? false : isModuleFolder(parent)
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
    return isModuleFolder(dirname(script)) ? import(pathToFileURL(script).href) : require(script)
  }
  if (existsSync(`${path}.mjs`)) return import(pathToFileURL(`${path}.mjs`).href)
  if (existsSync(`${path}.cjs`)) return require(`${path}.cjs`)
  return require(require.resolve(moduleName, { paths: [directory, resolve(directory, moduleRoot)] }))
}

/**
 * AWS's error says nothing about where; the place in front of the message does, and the trace carries it.
 * @param {SyntaxError} error
 */
function syntaxError(error) {
  const wrapped = new UserCodeSyntaxError(String(error))
  const place = String(error.stack).split(/\nSyntaxError\b/)[0] ?? ''
  if (place !== error.stack && !place.startsWith('SyntaxError'))
    wrapped.stack = `${wrapped.name}: ${wrapped.message}\n${place.trimEnd()}`
  return wrapped
}

/** @param {unknown} error @returns {unknown} */
function loadError(error) {
  if (error instanceof SyntaxError) return syntaxError(error)
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
    if (entry) found = entry.endsWith('.cjs') ? require(entry) : await import(pathToFileURL(entry).href)
    else found = await loadModule(directory, root, moduleName, require)
  } catch (error) {
    throw loadError(error)
  }
  for (const key of exportPath.split('.'))
    found = found && /** @type {Record<string, unknown>} */ (found)[key]
  if (!found) throw new HandlerNotFound(`${name} is undefined or not exported`)
  if (typeof found !== 'function') throw new HandlerNotFound(`${name} is not a function`)
  return /** @type {import('./node-invoke.mjs').Handler} */ (found)
}
