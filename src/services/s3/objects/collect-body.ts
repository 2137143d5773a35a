import { Readable } from 'node:stream'
import { WholeBody } from '../../../lib/index.ts'
import type { Bytes } from '../../../stores/index.ts'
import { incompleteBody } from '../errors.ts'

/**
 * Reads a body of at most `length` bytes to its end; one that is longer is not collected. A stream is listened to:
 * iterating over one costs more than all of a small request.
 */
export function collectBody(body: AsyncIterable<Bytes>, length: number): Bytes | Promise<Bytes> {
  if (body instanceof WholeBody) return bounded(body.read(), length)
  // A stream that has closed already says nothing more to who only listens; iterating fails at once.
  return body instanceof Readable && !body.destroyed ? collectStream(body, length) : collectAll(body, length)
}

function bounded(bytes: Bytes, length: number): Bytes {
  if (bytes.length > length) throw incompleteBody()
  return bytes
}

async function collectAll(body: AsyncIterable<Bytes>, length: number): Promise<Bytes> {
  const chunks: Bytes[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > length) throw incompleteBody()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function collectStream(body: Readable, length: number): Promise<Bytes> {
  return new Promise((resolve, reject) => {
    const chunks: Bytes[] = []
    let size = 0
    body.on('data', (chunk: Bytes) => {
      size += chunk.length
      if (size > length) reject(incompleteBody())
      else chunks.push(chunk)
    })
    body.on('end', () => {
      const [first] = chunks
      resolve(chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks))
    })
    body.on('error', reject)
    body.on('close', () => {
      if (!body.readableEnded) reject(new Error('the client went away before its body was complete'))
    })
  })
}
