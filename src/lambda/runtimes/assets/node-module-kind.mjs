// What kind of module a `.js` file is, as on Lambda: only the function's folder is deployed there, so a package.json
// above it, which says something about the repository, says nothing about the function.
import { existsSync, readFileSync } from 'node:fs'
import Module from 'node:module'
import { basename, dirname, join } from 'node:path'
import { logWarning } from './node-console.mjs'

/** @typedef {{ _compile(source: string, filename: string): void }} Compilable */
/** @typedef {(module: Compilable, filename: string) => void} Load */

const extensions = /** @type {{ _extensions: Record<string, Load> }} */ (/** @type {unknown} */ (Module))
  ._extensions

/** Static `import` and `export` stand at the beginning of a line in all code that people write by hand or compile. */
const esSyntax =
  /^\s*(?:import\s*(?:[\w*{"'])|export\s+(?:default|const|let|var|function|class|async)\b|export\s*[{*])/m
const commonJsSyntax = /\b(?:module\.exports|exports\.\w|exports\[|require\s*\()/

/**
 * The `type` of the nearest package.json within the function's folder or a package; undefined where there is none.
 * @param {string} folder
 * @param {string} directory the function's folder
 * @returns {string | undefined}
 */
function packageType(folder, directory) {
  if (basename(folder) === 'node_modules') return undefined
  const file = join(folder, 'package.json')
  if (existsSync(file)) {
    try {
      return JSON.parse(readFileSync(file, 'utf8'))?.type ?? 'commonjs'
    } catch (error) {
      logWarning(`${file} cannot be read, it will be ignored for ES module detection purposes.`, error)
      return 'commonjs'
    }
  }
  const parent = dirname(folder)
  return folder === directory || parent === folder ? undefined : packageType(parent, directory)
}

/**
 * Is this `.js` file an ES module? Its package says so; without one its syntax does, as in the current Node runtimes.
 * @param {string} script
 * @param {string} directory the function's folder
 */
export function isEsModule(script, directory) {
  const type = packageType(dirname(script), directory)
  if (type !== undefined) return type === 'module'
  const source = readFileSync(script, 'utf8')
  if (esSyntax.test(source)) return true
  letCommonJsLoad()
  return false
}

let replaced = false

/**
 * Node takes every `.js` file of a repository of ES modules for one. Files that are plainly CommonJS, and no part of
 * an installed package, are compiled as that.
 */
function letCommonJsLoad() {
  const load = extensions['.js']
  if (replaced || load === undefined) return
  replaced = true
  extensions['.js'] = (module, filename) => {
    if (filename.includes(`node_modules`) || !isOfOuterModulePackage(filename)) return load(module, filename)
    const source = readFileSync(filename, 'utf8')
    if (esSyntax.test(source) || !commonJsSyntax.test(source)) return load(module, filename)
    module._compile(source, filename)
  }
}

/** @param {string} filename */
function isOfOuterModulePackage(filename) {
  for (let folder = dirname(filename); ; folder = dirname(folder)) {
    const file = join(folder, 'package.json')
    if (existsSync(file)) return /"type"\s*:\s*"module"/.test(readFileSync(file, 'utf8'))
    if (dirname(folder) === folder) return false
  }
}
