// Writes one blob's file. https://man7.org/linux/man-pages/man2/fsync.2.html
import { open, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Bytes gathered before one call of the operating system. */
const gathered = 1024 * 1024

/** Bytes after which the disk begins to take them, so that the end of a large body has little left to wait for. */
const syncedAtOnce = 8 * 1024 * 1024

/** @typedef {import('node:fs/promises').FileHandle} FileHandle */

/**
 * @param {FileHandle} file
 * @param {readonly Uint8Array[]} chunks
 * @param {number} position
 */
async function writeAll(file, chunks, position) {
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  const { bytesWritten } = await file.writev([...chunks], position)
  if (bytesWritten === length) return
  // A short write (the disk is nearly full, a signal): go on with the rest, which reports the error if there is one.
  const rest = Buffer.concat(chunks).subarray(bytesWritten)
  const { bytesWritten: more } = await file.write(rest, 0, rest.length, position + bytesWritten)
  if (more < rest.length) throw Object.assign(new Error('the disk takes no more'), { code: 'ENOSPC' })
}

/**
 * Writes all of `source` into an open file while the next chunks already arrive; answers how many bytes.
 * @param {AsyncIterable<readonly Uint8Array[]>} source
 * @param {FileHandle} file
 * @param {boolean} durable
 */
async function pour(source, file, durable) {
  /** @type {Promise<unknown>} */
  let syncing = Promise.resolve()
  let synced = 0
  let busy = false
  /** @type {Uint8Array[]} */
  let waiting = []
  let waitingSize = 0
  let size = 0
  /** @type {Promise<void>} */
  let writing = Promise.resolve()
  const flush = async () => {
    await writing
    writing = writeAll(file, waiting, size)
    // Handled where it is awaited; without this a source that fails first would leave it unhandled.
    writing.catch(() => {})
    size += waitingSize
    waiting = []
    waitingSize = 0
    if (!durable || busy || size - synced < syncedAtOnce) return
    synced = size
    busy = true
    // A disk says once what went wrong, so this has to be waited for like the sync at the end.
    syncing = Promise.all([syncing, file.datasync()]).then(() => {
      busy = false
    })
    syncing.catch(() => {})
  }
  try {
    for await (const chunks of source) {
      for (const chunk of chunks) {
        waiting.push(chunk)
        waitingSize += chunk.length
      }
      if (waitingSize >= gathered) await flush()
    }
    if (waitingSize > 0) await flush()
  } finally {
    await Promise.allSettled([writing, syncing])
  }
  await writing
  await syncing
  return size
}

/**
 * Makes a rename or a new folder durable; Windows cannot sync a folder and needs not.
 * @param {string} folder
 */
export async function syncFolder(folder) {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Streams `source` into the new file `path`; answers how many bytes. Its name is made durable while the body arrives, its
 * bytes at the end; until a record names it the file is an orphan, whatever is in it.
 * @param {AsyncIterable<readonly Uint8Array[]>} source
 * @param {string} path
 * @param {boolean} durable
 */
export async function writeBlobFile(source, path, durable) {
  const file = await open(path, 'wx')
  const named = durable ? syncFolder(dirname(path)) : Promise.resolve()
  // Handled where it is awaited; without this a source that fails first would leave it unhandled.
  named.catch(() => {})
  try {
    try {
      const size = await pour(source, file, durable)
      if (durable) await file.datasync()
      await named
      return size
    } finally {
      await file.close()
    }
  } catch (error) {
    await removeFile(path)
    throw error
  }
}

/**
 * Removes a file; that it is not there is no error.
 * @param {string} path
 */
export async function removeFile(path) {
  try {
    await unlink(path)
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error
  }
}
