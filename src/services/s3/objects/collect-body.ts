import { Readable } from 'node:stream'
import type { Bytes } from '../../../stores/index.ts'

/** Reads a small body to its end. A stream is listened to: iterating over one costs more than all of a small request. */
export function collectBody(body: AsyncIterable<Bytes>): Promise<Bytes> {
  return body instanceof Readable ? collectStream(body) : collectAll(body)
}

async function collectAll(body: AsyncIterable<Bytes>): Promise<Bytes> {
  const chunks: Bytes[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function collectStream(body: Readable): Promise<Bytes> {
  return new Promise((resolve, reject) => {
    const chunks: Bytes[] = []
    body.on('data', (chunk: Bytes) => chunks.push(chunk))
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
