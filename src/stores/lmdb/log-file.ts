import { closeSync, constants, fdatasync, fstatSync, ftruncateSync, openSync, write } from 'node:fs'

/** Bytes at the end of a file that only changes which remove something may use: so that a full disk can be emptied. */
const reserve = 64 * 1024

/** A file is filled with zeros ahead of what is written: overwriting syncs faster than growing. */
const grownAtOnce = 256 * 1024

/** A file that one large transaction has made longer than this is cut when it is begun anew. */
const longestKept = 32 * 1024 * 1024

/** Linux syncs what a write wrote before it answers, which saves a way to another thread and back. */
const syncsItself = process.platform === 'linux'

/** A file whose writes are durable once they resolve. */
export interface LogFile {
  /** Writes bytes; refuses them like a full disk where only the reserve has room and they may not use it. */
  write(bytes: Buffer, position: number, mayUseReserve: boolean): Promise<void>
  /** Gives back what one large transaction has left. */
  cut(): void
  close(): void
}

const writeOnce = (fd: number, bytes: Buffer, position: number): Promise<number> =>
  new Promise((resolve, reject) => {
    write(fd, bytes, 0, bytes.length, position, (error, written) => {
      if (error === null) resolve(written)
      else reject(error)
    })
  })

/** A disk that is nearly full takes a part; going on with the rest tells so. */
async function writeAll(fd: number, bytes: Buffer, position: number): Promise<void> {
  let written = await writeOnce(fd, bytes, position)
  while (written < bytes.length) written += await writeOnce(fd, bytes.subarray(written), position + written)
}

const sync = (fd: number): Promise<void> =>
  new Promise((resolve, reject) => {
    fdatasync(fd, error => (error === null ? resolve() : reject(error)))
  })

/** Opens a file, made where it is missing; it gets its reserve where the disk has room. */
export async function openLogFile(path: string): Promise<LogFile> {
  const fd = openSync(path, constants.O_RDWR | constants.O_CREAT | (syncsItself ? constants.O_DSYNC : 0))
  let size = fstatSync(fd).size

  /** Answers what keeps the file from having so many bytes. */
  async function grow(wanted: number): Promise<unknown> {
    try {
      await writeAll(fd, Buffer.alloc(wanted - size), size)
      size = wanted
      return undefined
    } catch (error) {
      size = fstatSync(fd).size
      return error
    }
  }

  if (size < reserve) await grow(reserve)
  return {
    async write(bytes, position, mayUseReserve) {
      const end = position + bytes.length
      if (end + reserve > size) {
        const error = await grow(Math.max(end + reserve, size + grownAtOnce))
        if (error !== undefined && !mayUseReserve && end + reserve > size) throw error
      }
      await writeAll(fd, bytes, position)
      if (!syncsItself) await sync(fd)
    },
    cut() {
      if (size <= longestKept) return
      ftruncateSync(fd, longestKept)
      size = longestKept
    },
    close: () => closeSync(fd),
  }
}
