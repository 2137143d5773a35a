import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { FoundFunction } from './found-function.ts'

const skipped = new Set(['node_modules', '__pycache__', '.git', '.venv', 'venv'])

/**
 * The files that a function without a readable import graph depends on: for Python every module of its folder and of
 * the shared `lib/` folders, for other runtimes every file of its folder.
 */
export function dependedFiles(found: FoundFunction, directory: string): string[] {
  if (found.language !== 'python') return filesBelow(found.codeDirectory, () => true)
  const isModule = (name: string): boolean => /\.(py|pyi|so)$/.test(name)
  const own = /[\\/](handlers|src)$/.test(found.codeDirectory)
    ? [found.entryFile]
    : filesBelow(found.codeDirectory, isModule)
  const shared = [join(directory, 'handlers', 'lib'), join(directory, 'lib')].filter(existsSync)
  return [...own, ...shared.flatMap(folder => filesBelow(folder, isModule))]
}

function filesBelow(folder: string, wanted: (name: string) => boolean): string[] {
  const found: string[] = []
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (skipped.has(entry.name)) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) found.push(...filesBelow(path, wanted))
    else if (wanted(entry.name)) found.push(path)
  }
  return found
}
