import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { ArchiveTooLarge, BadArchive, unpackZip } from '../../../lib/index.ts'
import type { Ids } from '../../../ports/index.ts'
import { notAZip, storageExceeded, unzippedTooLarge, zipTooLarge } from '../errors.ts'

/** A package of code as records refer to it. */
export interface Package {
  /** Random; also the name of its folder. */
  readonly id: string
  /** Base64 of the archive's SHA-256: `CodeSha256`. */
  readonly sha256: string
  /** Bytes of the archive: `CodeSize`. */
  readonly size: number
  /** Bytes of its files. */
  readonly unpacked: number
}

/** Archives of functions and layers with their files, in folders of random names. A package never changes. */
export interface Packages {
  /** Unpacks an archive; resolves once it is all on disk, rejects and leaves nothing otherwise. */
  add(archive: Uint8Array, limit?: number): Promise<Package>
  /** What CodeSha256 will be. */
  hashOf(archive: Uint8Array): string
  /** The folder of its files, absolute. */
  filesOf(id: string): string
  /** The archive as it came; undefined where there is none of that id. */
  archiveOf(id: string): Promise<Readable | undefined>
  remove(id: string): Promise<void>
  /** Removes what no record knows: at the start only. */
  sweep(known: ReadonlySet<string>): Promise<void>
}

const letters = '0123456789abcdefghijklmnopqrstuvwxyz'
const idPattern = /^[0-9a-z]{32}$/
/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 50 MB, zipped, for direct upload. */
const directLimit = 52_428_800
/** The same page: layers included, 250 MB. */
export const unzippedLimit = 262_144_000

/** Opens the folder of packages; it is made with the first one. */
export function openPackages(directory: string, ids: Ids): Packages {
  const folder = (id: string): string => {
    if (!idPattern.test(id)) throw new Error(`${id} is no id of a package`)
    return join(directory, id)
  }
  const hashOf = (archive: Uint8Array): string => createHash('sha256').update(archive).digest('base64')
  return {
    hashOf,
    async add(archive, limit = directLimit) {
      if (archive.length > limit) throw limit === directLimit ? zipTooLarge() : unzippedTooLarge()
      const id = ids.token(32, letters)
      const unfinished = join(directory, `unfinished-${id}`)
      try {
        await mkdir(join(unfinished, 'files'), { recursive: true })
        const unpacked = await unpackZip(archive, join(unfinished, 'files'), unzippedLimit)
        const file = await open(join(unfinished, 'package.zip'), 'w')
        try {
          await file.writeFile(archive)
          await file.sync()
        } finally {
          await file.close()
        }
        await rename(unfinished, folder(id))
        return { id, sha256: hashOf(archive), size: archive.length, unpacked }
      } catch (error) {
        await rm(unfinished, { recursive: true, force: true })
        if (error instanceof BadArchive) throw notAZip(error)
        if (error instanceof ArchiveTooLarge) throw unzippedTooLarge()
        const code = (error as NodeJS.ErrnoException).code
        throw code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG' ? storageExceeded(error) : error
      }
    },
    filesOf: id => join(folder(id), 'files'),
    async archiveOf(id) {
      if (!idPattern.test(id)) return undefined
      const stream = createReadStream(join(folder(id), 'package.zip'))
      return await new Promise((resolve, reject) => {
        stream.once('open', () => resolve(stream))
        stream.once('error', (error: NodeJS.ErrnoException) =>
          error.code === 'ENOENT' ? resolve(undefined) : reject(error),
        )
      })
    },
    remove: id => rm(folder(id), { recursive: true, force: true }),
    async sweep(known) {
      const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return []
        throw error
      })
      for (const name of names)
        if (!known.has(name)) await rm(join(directory, name), { recursive: true, force: true })
    },
  }
}
