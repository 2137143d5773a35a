import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import type { Bytes } from './store.ts'

/** Bytes gathered before one call of the operating system; chunks from a socket are 64 KB or less. */
const gathered = 512 * 1024

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
async function pour(source: AsyncIterable<Bytes>, file: FileHandle): Promise<number> {
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
    await writing
  }
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

/** Streams `source` to `temporary`, makes it durable if asked, and gives it its name `target`. */
export async function writeBlobFile(
  source: AsyncIterable<Bytes>,
  temporary: string,
  target: () => Promise<string>,
  durable: boolean,
): Promise<number> {
  const file = await open(temporary, 'wx')
  try {
    let size: number
    try {
      size = await pour(source, file)
      if (durable) await file.datasync()
    } finally {
      await file.close()
    }
    await rename(temporary, await target())
    return size
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
