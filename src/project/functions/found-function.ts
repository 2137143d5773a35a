import { extname } from 'node:path'

/** What a function is written in, as far as it decides how it is prepared. */
export type Language = 'typescript' | 'javascript' | 'python' | 'other'

/** A handler that was found in the project's files. */
export interface FoundFunction {
  readonly name: string
  readonly language: Language
  /** Absolute; the folder itself for runtimes that bring their own entry. */
  readonly entryFile: string
  readonly codeDirectory: string
  /** `file.export`, relative to `codeDirectory`. */
  readonly handler: string
  readonly libraries: readonly string[]
  /** The archive that `codeDirectory` was unpacked from. */
  readonly archive?: string
}

const extensions: Readonly<Record<string, Language>> = {
  '.ts': 'typescript',
  '.mts': 'typescript',
  '.cts': 'typescript',
  '.tsx': 'typescript',
  '.jsx': 'typescript',
  '.js': 'javascript',
  '.mjs': 'javascript',
  '.cjs': 'javascript',
  '.py': 'python',
}

/** The endings that an entry may have. */
export const entryExtensions: readonly string[] = Object.keys(extensions)

/** The language of a file that can be an entry. */
export function languageOf(file: string): Language | undefined {
  return extensions[extname(file)]
}
