import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { UserError } from '../lib/index.ts'
import { readVtlCase, renderCase, type TemplateEngine } from '../vtl/index.ts'

/** Output is written in pieces of about this many characters. */
const pieceSize = 64 * 1024

/**
 * Renders a case per line, answers a result per line in the same order. Streams: a file larger than memory is fine, and
 * no line, however broken, ends it.
 */
export async function renderBatch(name: string, engine: TemplateEngine): Promise<number> {
  const input: Readable = name === '-' ? process.stdin : createReadStream(name)
  let piece = ''
  let number = 0
  for await (const line of linesOf(input, name)) {
    number++
    if (line.trim() === '') continue
    piece += `${JSON.stringify(resultOf(line, number, engine))}\n`
    if (piece.length < pieceSize) continue
    await write(piece)
    piece = ''
  }
  await write(piece)
  return 0
}

function resultOf(line: string, number: number, engine: TemplateEngine): object {
  try {
    return renderCase(engine, readVtlCase(line))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const id = idIn(line)
    return id === undefined ? { id: null, line: number, error: message } : { id, error: message }
  }
}

/** The id of a line that is no case, so that its sender can tell which one it was. */
function idIn(line: string): string | undefined {
  try {
    const { id } = JSON.parse(line) as { id?: unknown }
    return typeof id === 'string' ? id : undefined
  } catch {
    return undefined
  }
}

async function* linesOf(input: Readable, name: string): AsyncGenerator<string> {
  input.setEncoding('utf8')
  let rest = ''
  try {
    for await (const chunk of input as AsyncIterable<string>) {
      const lines = `${rest}${chunk}`.split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
  } catch (cause) {
    throw new UserError('no-such-file', `${name} cannot be read: ${(cause as Error).message}`, { cause })
  }
  if (rest !== '') yield rest
}

function write(text: string): Promise<void> | undefined {
  if (text === '' || process.stdout.write(text)) return undefined
  return new Promise(resolve => process.stdout.once('drain', resolve))
}
