// A thread that writes blobs and digests them on the way, so that the main thread does no more than pass on what it
// receives: MD5 alone takes two seconds for a gigabyte.
import { MessageChannel, parentPort } from 'node:worker_threads'
import { createBlobFile } from './blob-file.mjs'
import { createDigest } from './digests.mjs'

/**
 * What the main thread says of the blob `id`: with the first message where it goes, then its bytes, with the last that they
 * were all or that there will not be more.
 * @typedef {{
 *   readonly id: number,
 *   readonly open: {
 *     readonly path: string,
 *     readonly folders: readonly string[] | undefined,
 *     readonly digests: readonly import('./digests.mjs').DigestName[],
 *   } | undefined,
 *   readonly chunks: readonly Uint8Array[],
 *   readonly end: 'complete' | 'broken' | undefined,
 * }} ToThread
 */

/**
 * What the thread says: bytes that it has no longer to hold, or how it ended.
 * @typedef {{ readonly id: number } & (
 *   | { readonly taken: number }
 *   | { readonly size: number, readonly digests: readonly Uint8Array[] }
 *   | { readonly message: string, readonly code: string | undefined }
 * )} FromThread
 */

/**
 * A blob on its way.
 * @typedef {{
 *   readonly id: number,
 *   readonly file: import('./blob-file.mjs').BlobFile,
 *   readonly digests: readonly import('./digests.mjs').Digest[],
 *   readonly waiting: (readonly Uint8Array[])[],
 *   digested: () => void,
 *   untold: number,
 *   size: number,
 * }} Writing
 */

/** Bytes of which the main thread hears at once that their memory is free. */
const toldAtOnce = 512 * 1024

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort)
/** @param {FromThread} message */
const tell = message => port.postMessage(message)
/** @type {Map<number, Writing>} */
const writings = new Map()

const { port1: nowhere } = new MessageChannel()
nowhere.close()

/**
 * Frees chunks now, not when the collector finds them: what goes to a closed port is moved to nobody.
 * https://html.spec.whatwg.org/multipage/web-messaging.html#message-port-post-message-steps
 * @param {readonly Uint8Array[]} chunks
 */
function free(chunks) {
  nowhere.postMessage(
    undefined,
    chunks.map(chunk => /** @type {ArrayBuffer} */ (chunk.buffer)),
  )
}

/**
 * Digests what was written, piece by piece: in between others have their turn, so that the disk is never waited for.
 * @param {Writing} writing
 */
function digestNext(writing) {
  const { id, waiting, digests } = writing
  const chunks = waiting.shift()
  if (chunks === undefined) return
  for (const chunk of chunks) {
    writing.untold += chunk.length
    for (const digest of digests) digest.update(chunk)
  }
  free(chunks)
  if (writing.untold >= toldAtOnce) {
    tell({ id, taken: writing.untold })
    writing.untold = 0
  }
  if (waiting.length > 0) setImmediate(digestNext, writing)
  else writing.digested()
}

/**
 * @param {Writing} writing
 * @param {readonly Uint8Array[]} chunks
 */
function take(writing, chunks) {
  const { file, waiting } = writing
  file.write(chunks)
  for (const chunk of chunks) writing.size += chunk.length
  waiting.push(chunks)
  if (waiting.length === 1) setImmediate(digestNext, writing)
}

/** @param {Writing} writing */
async function finish(writing) {
  const { id, file, digests, waiting } = writing
  /** @type {Promise<void>} */
  const digested = new Promise(resolve => {
    if (waiting.length === 0) resolve()
    else writing.digested = resolve
  })
  await Promise.all([file.finish(), digested])
  writings.delete(id)
  tell({ id, size: writing.size, digests: digests.map(digest => digest.value()) })
}

/**
 * @param {number} id
 * @param {NodeJS.ErrnoException} error
 */
async function fail(id, error) {
  const writing = writings.get(id)
  writings.delete(id)
  if (writing !== undefined) {
    writing.waiting.length = 0
    await writing.file.discard()
  }
  tell({ id, message: error.message, code: error.code })
}

/** @param {ToThread} message */
async function hear({ id, open, chunks, end }) {
  if (open !== undefined) {
    const file = createBlobFile(open.path, open.folders)
    const digests = open.digests.map(createDigest)
    writings.set(id, { id, file, digests, waiting: [], digested: () => {}, untold: 0, size: 0 })
  }
  const writing = writings.get(id)
  // It failed already, and the main thread hears of it.
  if (writing === undefined) return
  if (chunks.length > 0) take(writing, chunks)
  if (end === 'complete') await finish(writing)
  else if (end === 'broken') throw new Error('the body broke off')
}

port.on('message', (/** @type {ToThread} */ message) => {
  hear(message).catch(error => fail(message.id, error))
})
