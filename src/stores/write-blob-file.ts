import { type FileHandle, open, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Bytes } from './store.ts'

/** Bytes gathered before one call of the operating system; chunks from a socket are 64 KB or less. */
const gathered = 1024 * 1024

/** Bytes after which the disk begins to take them, so that the end of a large body has little left to wait for. */
const syncedAtOnce = 16 * 1024 * 1024

async function writeAll(file: FileHandle, chunks: readonly Bytes[], position: number): Promise<void> {
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  const { bytesWritten } = await file.writev([...chunks], position)
  if (bytesWritten === length) return
  // A short write (the disk is nearly full, a signal): go on with the rest, which reports the error if there is one.
  const rest = Buffer.concat(chunks).subarray(bytesWritten)
  const { bytesWritten: more } = await file.write(rest, 0, rest.length, position + bytesWritten)
  if (more < rest.length) throw Object.assign(new Error('the disk takes no more'), { code: 'ENOSPC' })
}

/** Writes all of `source` into an open file while the next chunks already arrive; answers how many bytes. */
async function pour(source: AsyncIterable<Bytes>, file: FileHandle, durable: boolean): Promise<number> {
  let syncing: Promise<void> = Promise.resolve()
  let synced = 0
  let busy = false
  let waiting: Bytes[] = []
  let waitingSize = 0
  let size = 0
  let writing: Promise<void> = Promise.resolve()
  const flush = async (): Promise<void> => {
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
    for await (const chunk of source) {
      if (chunk.length === 0) continue
      waiting.push(chunk)
      waitingSize += chunk.length
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

/** Makes a rename or a new folder durable; Windows cannot sync a folder and needs not. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Streams `source` into the new file `path`. Its name is made durable while the body arrives, its bytes at the end; until a
 * record names it the file is an orphan, whatever is in it.
 */
export async function writeBlobFile(
  source: AsyncIterable<Bytes>,
  path: string,
  durable: boolean,
): Promise<number> {
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

/** Removes a file; that it is not there is no error. */
export async function removeFile(path: string): Promise<void> {
  try {
    await unlink(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
