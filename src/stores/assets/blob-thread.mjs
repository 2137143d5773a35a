// A thread that writes blobs and digests them on the way, so that the main thread does no more than pass on what it
// receives: MD5 alone takes two seconds for a gigabyte.
import { parentPort } from 'node:worker_threads'
import { createDigest } from './digests.mjs'
import { writeBlobFile } from './write-blob-file.mjs'

/**
 * What the main thread says of the blob `id`: first where it goes, then its bytes, at last that they were all or that
 * there will not be more.
 * @typedef {{ readonly id: number } & (
 *   | { readonly path: string, readonly durable: boolean, readonly digests: readonly import('./digests.mjs').DigestName[] }
 *   | { readonly chunks: readonly Uint8Array[] }
 *   | { readonly end: 'complete' | 'broken' }
 * )} ToThread
 */

/**
 * What the thread says: bytes that it has no longer to hold, or how it ended.
 * @typedef {{ readonly id: number } & (
 *   | { readonly taken: number }
 *   | { readonly size: number, readonly digests: readonly Uint8Array[] }
 *   | { readonly message: string, readonly code: string | undefined }
 * )} FromThread
 */

/** @typedef {{ readonly push: (message: ToThread) => void }} Writing */

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort)
/** @param {FromThread} message */
const tell = message => port.postMessage(message)
/** @type {Map<number, Writing>} */
const writings = new Map()

/** A queue that one reader empties. */
function createQueue() {
  /** @type {ToThread[]} */
  const waiting = []
  let wake = () => {}
  return {
    /** @param {ToThread} message */
    push(message) {
      waiting.push(message)
      wake()
    },
    async next() {
      for (;;) {
        const message = waiting.shift()
        if (message !== undefined) return message
        await /** @type {Promise<void>} */ (
          new Promise(resolve => {
            wake = resolve
          })
        )
      }
    },
  }
}

/**
 * @param {ReturnType<typeof createQueue>} queue
 * @param {number} id
 * @param {readonly import('./digests.mjs').Digest[]} digests
 */
async function* batches(queue, id, digests) {
  for (;;) {
    const message = await queue.next()
    if ('end' in message) {
      if (message.end === 'complete') return
      throw new Error('the body broke off')
    }
    if (!('chunks' in message)) continue
    let size = 0
    for (const chunk of message.chunks) {
      size += chunk.length
      for (const digest of digests) digest.update(chunk)
    }
    yield message.chunks
    tell({ id, taken: size })
  }
}

port.on('message', (/** @type {ToThread} */ message) => {
  const { id } = message
  if (!('path' in message)) {
    writings.get(id)?.push(message)
    return
  }
  const queue = createQueue()
  writings.set(id, queue)
  const digests = message.digests.map(createDigest)
  writeBlobFile(batches(queue, id, digests), message.path, message.durable)
    .then(
      size => tell({ id, size, digests: digests.map(digest => digest.value()) }),
      error => tell({ id, message: error.message, code: error.code }),
    )
    .finally(() => writings.delete(id))
})
