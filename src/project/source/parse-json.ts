import { UserError } from '../../lib/index.ts'
import type { MapEntry, ScalarNode, SourceNode } from './source-node.ts'
import type { SourceText } from './source-text.ts'

const deepest = 500
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y

/** Reads JSON and keeps positions, which `JSON.parse` does not. Throws a `UserError` at the first fault. */
export function parseJson(source: SourceText): SourceNode {
  const text = source.text
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0

  const fail = (message: string, offset = at): never => {
    throw new UserError('json-syntax', `This is not JSON: ${message}`, {
      ...source.placeAt(offset),
      hint: 'Look for a missing or surplus comma, quote or bracket; JSON has no comments.',
    })
  }
  const blank = (): void => {
    while (at < text.length && ' \n\r\t'.includes(text[at] ?? '')) at++
  }
  const found = (): string => (at < text.length ? JSON.stringify(text[at]) : 'the end of the file')

  const readString = (): string => {
    const start = at++
    for (;;) {
      const code = text.charCodeAt(at)
      if (Number.isNaN(code)) fail('a text is not closed', start)
      if (code === 0x22) break
      if (code < 0x20) fail('a line ends inside a text; write \\n')
      at += code === 0x5c ? 2 : 1
    }
    at++
    try {
      return JSON.parse(text.slice(start, at)) as string
    } catch {
      return fail('an unknown escape in this text', start)
    }
  }
  const scalar = (start: number, value: ScalarNode['value'], style: ScalarNode['style']): ScalarNode => ({
    kind: 'scalar',
    origin: source,
    start,
    end: at,
    value,
    text: typeof value === 'string' ? value : value === null ? '' : text.slice(start, at),
    style,
  })
  const readWord = (word: string, value: boolean | null): ScalarNode => {
    const start = at
    if (!text.startsWith(word, at)) fail(`unexpected ${found()}`)
    at += word.length
    return scalar(start, value, 'plain')
  }
  const readNumber = (): ScalarNode => {
    const start = at
    numberPattern.lastIndex = at
    const match = numberPattern.exec(text)
    if (match === null) return fail(`unexpected ${found()}`)
    at += match[0].length
    return scalar(start, Number(match[0]), 'plain')
  }
  const readMap = (depth: number): SourceNode => {
    const start = at++
    const entries = new Map<string, MapEntry>()
    const repeated: MapEntry[] = []
    for (blank(); text[at] !== '}'; blank()) {
      if (entries.size > 0) {
        if (text[at] !== ',') fail(`expected "," or "}" but found ${found()}`)
        at++
        blank()
      }
      if (text[at] !== '"') fail(`expected a key in double quotes but found ${found()}`)
      const keyStart = at
      const key = readString()
      blank()
      if (text[at] !== ':') fail(`expected ":" but found ${found()}`)
      at++
      const entry = { key, start: keyStart, value: readValue(depth + 1) }
      if (entries.has(key)) repeated.push(entry)
      entries.set(key, entry)
    }
    at++
    return { kind: 'map', origin: source, start, end: at, entries, repeated }
  }
  const readList = (depth: number): SourceNode => {
    const start = at++
    const items: SourceNode[] = []
    for (blank(); text[at] !== ']'; blank()) {
      if (items.length > 0) {
        if (text[at] !== ',') fail(`expected "," or "]" but found ${found()}`)
        at++
      }
      items.push(readValue(depth + 1))
    }
    at++
    return { kind: 'list', origin: source, start, end: at, items }
  }
  const readValue = (depth: number): SourceNode => {
    blank()
    if (depth > deepest) fail(`nested deeper than ${deepest} levels`)
    const first = text[at]
    if (first === '{') return readMap(depth)
    if (first === '[') return readList(depth)
    if (first === '"') {
      const start = at
      const value = readString()
      return scalar(start, value, 'quoted')
    }
    if (first === 't') return readWord('true', true)
    if (first === 'f') return readWord('false', false)
    if (first === 'n') return readWord('null', null)
    return readNumber()
  }

  const value = readValue(0)
  blank()
  if (at < text.length) fail(`unexpected ${found()} after the end of the document`)
  return value
}
