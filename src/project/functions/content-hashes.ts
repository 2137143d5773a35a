import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** Hashes of files' contents, read once until they expire. */
export interface ContentHashes {
  /** `''` where the file does not exist. */
  of(file: string): string
  expire(files?: Iterable<string>): void
  /** Drops all but `kept`. */
  sweep(kept: ReadonlySet<string>): void
}

/** An empty memory. */
export function createContentHashes(): ContentHashes {
  const hashes = new Map<string, string>()
  return {
    of(file) {
      let hash = hashes.get(file)
      if (hash === undefined) {
        hash = hashFile(file)
        hashes.set(file, hash)
      }
      return hash
    },
    expire(files) {
      if (files === undefined) hashes.clear()
      else for (const file of files) hashes.delete(file)
    },
    sweep(kept) {
      for (const file of hashes.keys()) if (!kept.has(file)) hashes.delete(file)
    },
  }
}

function hashFile(file: string): string {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('base64url')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return ''
    throw error
  }
}
