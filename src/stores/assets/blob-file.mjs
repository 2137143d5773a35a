// One blob's file, as the threads that write blobs hold it. https://man7.org/linux/man-pages/man2/fsync.2.html
import { closeSync, fdatasync, fsync, mkdirSync, openSync, rmSync, writevSync } from 'node:fs'
import { dirname } from 'node:path'

/** Bytes after which the disk begins to take them, so that the end of a large body has little left to wait for. */
const syncedAtOnce = 8 * 1024 * 1024

/**
 * A file on its way. Until a record names it, it is an orphan, whatever is in it.
 * @typedef {{
 *   readonly write: (chunks: readonly Uint8Array[]) => void,
 *   readonly finish: () => Promise<void>,
 *   readonly discard: () => Promise<void>,
 * }} BlobFile
 */

/**
 * @param {(fd: number, done: (error: Error | null) => void) => void} sync
 * @param {number} fd
 * @returns {Promise<void>}
 */
const synced = (sync, fd) =>
  new Promise((resolve, reject) => {
    sync(fd, error => (error === null ? resolve() : reject(error)))
  })

/**
 * Writes all chunks, however many calls that takes.
 * @param {number} fd
 * @param {readonly Uint8Array[]} chunks
 * @param {number} position
 */
function writeAll(fd, chunks, position) {
  const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  let done = writevSync(fd, chunks, position)
  // The disk is nearly full: going on with the rest tells so.
  while (done < size) done += writevSync(fd, [Buffer.concat(chunks).subarray(done)], position + done)
  return size
}

/**
 * Opens a new file, whose folders may be missing.
 * @param {string} path
 */
function openNew(path) {
  try {
    return openSync(path, 'wx')
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error
    mkdirSync(dirname(path), { recursive: true })
    return openSync(path, 'wx')
  }
}

/**
 * Makes the new file `path`, and its folders. What `folders` name becomes durable together with the bytes, so that one commit of the file
 * system's journal holds all of it; without `folders` nothing has to outlive the machine.
 *
 * Writing blocks the thread, which has nothing else to do: a copy into the system's memory takes 0.1 ms for a batch, and
 * handing it to a further thread cost as much. Only the disk itself is waited for elsewhere.
 * @param {string} path
 * @param {readonly string[] | undefined} folders
 * @returns {BlobFile}
 */
export function createBlobFile(path, folders) {
  const fd = openNew(path)
  let size = 0
  let begun = 0
  /** @type {Promise<unknown> | undefined} */
  let syncing
  let isSyncing = false
  return {
    write(chunks) {
      size += writeAll(fd, chunks, size)
      if (folders === undefined || isSyncing || size - begun < syncedAtOnce) return
      begun = size
      isSyncing = true
      // A disk says once what went wrong, so this has to be waited for like the sync at the end.
      syncing = Promise.all([syncing, synced(fdatasync, fd)]).then(() => {
        isSyncing = false
      })
      syncing.catch(() => {})
    },
    async finish() {
      if (folders !== undefined) {
        const all = [syncing, synced(fdatasync, fd), ...folders.map(folder => syncFolder(folder))]
        // Nobody may have the descriptor still in hand when it is closed.
        await Promise.allSettled(all)
        await Promise.all(all)
      }
      closeSync(fd)
    },
    async discard() {
      await syncing?.catch(() => {})
      closeSync(fd)
      rmSync(path, { force: true })
    },
  }
}

/**
 * Makes durable what a folder names; Windows cannot sync a folder and needs not.
 * @param {string} folder
 */
export async function syncFolder(folder) {
  if (process.platform === 'win32') return
  const fd = openSync(folder, 'r')
  try {
    await synced(fsync, fd)
  } finally {
    closeSync(fd)
  }
}
