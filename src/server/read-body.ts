import type { IncomingMessage } from 'node:http'

const empty = Buffer.alloc(0)

/**
 * Reads a request's whole body, or `'too-large'` once it exceeds `limit` bytes: the rest is then read and thrown
 * away, so that the client gets to see its answer. Rejects when the client goes away in the middle.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer | 'too-large'> {
  const { headers } = request
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) {
    request.resume()
    return Promise.resolve(empty)
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    if (Number(headers['content-length']) > limit) {
      request.resume()
      resolve('too-large')
      return
    }
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) chunks.push(chunk)
      else {
        chunks.length = 0
        resolve('too-large')
      }
    })
    request.on('end', () => resolve(chunks.length === 1 ? (chunks[0] ?? empty) : Buffer.concat(chunks)))
    request.on('error', reject)
    request.on('close', () => {
      if (!request.complete) reject(new Error('the client went away before its request was complete'))
    })
  })
}
