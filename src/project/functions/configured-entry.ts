import { existsSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type FoundFunction, languageOf } from './found-function.ts'

const endings = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.tsx', '.py']

/**
 * Finds what `file.export` of the configuration means: relative to the function's folder, to `handlers/` or to the
 * project. Runtimes without a file of their own kind keep the handler as it is written.
 */
export function configuredEntry(
  directory: string,
  name: string,
  handler: string,
  present: FoundFunction | undefined,
): Omit<FoundFunction, 'name' | 'libraries'> | undefined {
  const dot = handler.lastIndexOf('.')
  const path = dot > 0 ? handler.slice(0, dot) : handler
  const exported = dot > 0 ? handler.slice(dot + 1) : 'handler'
  const own = join(directory, 'handlers', name)
  for (const folder of [own, join(directory, 'handlers'), directory]) {
    for (const written of [path, path.replaceAll('.', '/')]) {
      for (const ending of endings) {
        const file = resolve(folder, written + ending)
        const language = languageOf(file)
        if (language === undefined || !existsSync(file)) continue
        const codeDirectory = folder === directory ? resolve(file, '..') : folder
        const base = file.slice(codeDirectory.length + 1, -ending.length).replaceAll('\\', '/')
        return { language, entryFile: file, codeDirectory, handler: `${base}.${exported}` }
      }
    }
  }
  if (present !== undefined) return undefined
  return existsSync(own) && statSync(own).isDirectory()
    ? { language: 'other', entryFile: own, codeDirectory: own, handler }
    : undefined
}
