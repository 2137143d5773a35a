import { readFileSync } from 'node:fs'
import { UserError } from '../../lib/index.ts'
import { parseJson } from './parse-json.ts'
import { parseYaml } from './parse-yaml.ts'
import { replacePlaceholders } from './placeholders.ts'
import type { ScalarNode, SourceNode } from './source-node.ts'
import { type SourceText, sourceText } from './source-text.ts'

/** One file, parsed; the same object as long as its content is the same. */
export interface SourceFile {
  readonly source: SourceText
  readonly root: SourceNode
}

/** What could not be read: the error is kept, so that a broken file is parsed once per content too. */
interface Read {
  readonly content: string
  readonly file: SourceFile | undefined
  readonly error: UserError | undefined
}

/** Reads and parses the project's files, once per content. */
export interface SourceFiles {
  /** Throws a `UserError` where the file cannot be read or parsed. */
  open(file: string): SourceFile
  /** Forgets that the content of `files` is known; without `files`, of all. The next `open` reads again. */
  expire(files?: Iterable<string>): void
  /** Drops all but `kept`. */
  sweep(kept: ReadonlySet<string>): void
}

/** `placeholders` are put in place of `%NAME%` in all but template files. */
export function createSourceFiles(placeholders: Readonly<Record<string, string>>): SourceFiles {
  const reads = new Map<string, Read>()
  const fresh = new Set<string>()
  return {
    open(file) {
      const known = reads.get(file)
      if (known !== undefined && fresh.has(file)) return outcome(known)
      const content = readText(file)
      const read = known?.content === content ? known : parse(file, content, placeholders)
      reads.set(file, read)
      fresh.add(file)
      return outcome(read)
    },
    expire(files) {
      if (files === undefined) fresh.clear()
      else for (const file of files) fresh.delete(file)
    },
    sweep(kept) {
      for (const file of reads.keys()) {
        if (kept.has(file)) continue
        reads.delete(file)
        fresh.delete(file)
      }
    },
  }
}

function outcome(read: Read): SourceFile {
  if (read.error !== undefined) throw read.error
  if (read.file === undefined) throw new Error('a file was neither parsed nor refused')
  return read.file
}

function parse(file: string, content: string, placeholders: Readonly<Record<string, string>>): Read {
  const whole = isText(file)
  const { text, edits } = whole ? { text: content, edits: [] } : replacePlaceholders(content, placeholders)
  const source = sourceText(file, content, text, edits)
  try {
    const root = whole ? wholeText(source) : /\.json$/i.test(file) ? parseJson(source) : parseYaml(source)
    return { content, file: { source, root }, error: undefined }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return { content, file: undefined, error }
  }
}

/** Whether a file is taken as one text, as mapping templates are. */
function isText(file: string): boolean {
  return !/\.(ya?ml|json)$/i.test(file)
}

function wholeText(source: SourceText): ScalarNode {
  const { text } = source
  return { kind: 'scalar', origin: source, start: 0, end: text.length, value: text, text, style: 'file' }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new UserError('unreadable-file', `${file} cannot be read`, {
      position: { file, line: 1, column: 1 },
      hint: (cause as Error).message,
      cause,
    })
  }
}
