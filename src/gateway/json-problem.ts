import { codeFrame } from '../lib/index.ts'

/** Where a text stops being JSON; line and column count from 1. */
export interface JsonProblem {
  readonly message: string
  readonly line: number
  readonly column: number
  readonly frame: string
}

/** Finds the first place where a text is no JSON; undefined when it is. Engines word and place this differently, so the place is found here. */
export function locateJsonProblem(text: string): JsonProblem | undefined {
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    const offset = scan(text)
    const before = text.slice(0, offset)
    const line = before.split('\n').length
    const column = offset - (before.lastIndexOf('\n') + 1) + 1
    const message = (error as Error).message.replace(/ in JSON at position.*| is not valid JSON$/s, '')
    return { message, line, column, frame: codeFrame(text, line, column) }
  }
}

/** The offset of the first character that cannot stand where it stands, or the text's end. */
function scan(text: string): number {
  const reader: Reader = { text, at: 0 }
  try {
    readValue(reader)
    skipSpace(reader)
  } catch (error) {
    // Misfit says that `at` is the place; a text nested too deep for the stack ends where the stack did.
    if (!(error instanceof Misfit || error instanceof RangeError)) throw error
  }
  return reader.at
}

interface Reader {
  readonly text: string
  at: number
}

class Misfit extends Error {}

function skipSpace(reader: Reader): void {
  while (reader.at < reader.text.length && ' \t\r\n'.includes(reader.text[reader.at] ?? '')) reader.at++
}

function expect(reader: Reader, character: string): void {
  if (reader.text[reader.at] !== character) throw new Misfit()
  reader.at++
}

function readValue(reader: Reader): void {
  skipSpace(reader)
  const character = reader.text[reader.at]
  if (character === '"') readString(reader)
  else if (character === '[') readMembers(reader, ']', readValue)
  else if (character === '{') readMembers(reader, '}', readMember)
  else {
    const scalar = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
    scalar.lastIndex = reader.at
    if (!scalar.test(reader.text)) throw new Misfit()
    reader.at = scalar.lastIndex
  }
}

function readMember(reader: Reader): void {
  readString(reader)
  skipSpace(reader)
  expect(reader, ':')
  readValue(reader)
}

function readMembers(reader: Reader, close: string, read: (reader: Reader) => void): void {
  reader.at++
  skipSpace(reader)
  if (reader.text[reader.at] === close) {
    reader.at++
    return
  }
  for (;;) {
    read(reader)
    skipSpace(reader)
    if (reader.text[reader.at] === close) break
    expect(reader, ',')
    skipSpace(reader)
  }
  reader.at++
}

function readString(reader: Reader): void {
  expect(reader, '"')
  const token = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})|[^\\"]/y
  while (reader.text[reader.at] !== '"') {
    token.lastIndex = reader.at
    // Control characters have to be escaped.
    if ((reader.text[reader.at] ?? '') < ' ' || !token.test(reader.text)) throw new Misfit()
    reader.at = token.lastIndex
  }
  reader.at++
}
