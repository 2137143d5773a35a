import { rmSync } from 'node:fs'
import { mkdir, mkdtemp, open, readdir, rm, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { syncFolder } from './assets/blob-file.mjs'
import { BlobStream, createBufferPool } from './blob-stream.ts'
import { createBlobThreads } from './blob-threads.ts'
import type { Blobs, ByteRange, KeptBody } from './blobs.ts'
import type { Bytes } from './store.ts'

/** Where blobs live. `newId` gives 16 to 64 random characters of `[0-9a-z]`. */
export type BlobsOptions =
  | { readonly kind: 'directory'; readonly directory: string; readonly newId: () => string }
  /** A folder below the system's temporary one, made at the first blob and gone with the process. */
  | { readonly kind: 'ephemeral'; readonly newId: () => string }

const idPattern = /^[0-9a-z]{16,64}$/
const readAtOnce = 256 * 1024
const empty = new Uint8Array(0)

async function* joined(head: readonly Bytes[], rest: AsyncIterator<Bytes>): AsyncIterable<Bytes> {
  try {
    yield* head
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  } finally {
    await rest.return?.()
  }
}

/** The folder of an ephemeral run, made when it is first needed. */
function ephemeralFolder(): { readonly get: () => Promise<string>; readonly drop: () => Promise<void> } {
  let made: Promise<string> | undefined
  let path: string | undefined
  const dropNow = (): void => {
    if (path !== undefined) rmSync(path, { recursive: true, force: true })
  }
  const make = async (): Promise<string> => {
    path = await mkdtemp(join(tmpdir(), 'lambdarium-blobs-'))
    process.once('exit', dropNow)
    return path
  }
  return {
    get() {
      made ??= make()
      return made
    },
    async drop() {
      process.off('exit', dropNow)
      if (made !== undefined) await rm(await made, { recursive: true, force: true })
    },
  }
}

/** Opens the keeper of large bodies. */
export async function openBlobs(options: BlobsOptions): Promise<Blobs> {
  const durable = options.kind === 'directory'
  const ephemeral = options.kind === 'ephemeral' ? ephemeralFolder() : undefined
  const root = async (): Promise<string> =>
    options.kind === 'directory' ? options.directory : ((await ephemeral?.get()) ?? '')
  let rootMade: Promise<string> | undefined
  /** Folders whose own entry is on the disk. */
  const named = new Set<string>()
  const readers = new Map<string, number>()
  const doomed = new Set<string>()
  const buffers = createBufferPool(readAtOnce)
  const threads = createBlobThreads()

  /** The root and the folders above it that had to be made. */
  const makeRoot = async (): Promise<string> => {
    const base = await root()
    const made = await mkdir(base, { recursive: true })
    if (made === undefined || !durable) return base
    for (let parent = dirname(base); ; parent = dirname(parent)) {
      await syncFolder(parent)
      if (parent === dirname(made)) return base
    }
  }
  /** Two levels of folders by the first two characters: full folders are slow, and so is making and syncing many. */
  const placeOf = (id: string): readonly [string, string, string] => {
    if (!idPattern.test(id)) throw new RangeError(`not the id of a blob: ${JSON.stringify(id)}`)
    return [id.slice(0, 1), id.slice(1, 2), id]
  }
  /** That it is not there is no error. Not `rm`, which looks first what it removes. */
  const remove = async (id: string): Promise<void> => {
    try {
      await unlink(join(await root(), ...placeOf(id)))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }

  const release = (id: string): void => {
    const left = (readers.get(id) ?? 1) - 1
    if (left > 0) readers.set(id, left)
    else {
      readers.delete(id)
      // The stream's closing has no caller who could hear of a failure; `sweep` removes the file at the next start.
      if (doomed.delete(id)) remove(id).catch(() => {})
    }
  }

  const write: Blobs['write'] = async (source, { digests = [], isOwned = false } = {}) => {
    const id = options.newId()
    const [first, second, name] = placeOf(id)
    rootMade ??= makeRoot()
    // What failed is tried again.
    rootMade.catch(() => {
      rootMade = undefined
    })
    const base = await rootMade
    const [outer, inner] = [join(base, first), join(base, first, second)]
    const entries = [inner, ...(named.has(inner) ? [] : [outer]), ...(named.has(outer) ? [] : [base])]
    const stream = source instanceof Readable ? source : Readable.from(source)
    const found = await threads.write(stream, {
      path: join(inner, name),
      folders: durable ? entries : undefined,
      digests,
      isOwned,
    })
    named.add(outer).add(inner)
    return {
      id,
      size: found.size,
      digests: Object.fromEntries(digests.map((each, index) => [each, found.digests[index] ?? empty])),
    }
  }

  return {
    write,
    async keep(source, inlineUpTo = 64 * 1024, options): Promise<KeptBody> {
      const chunks: Bytes[] = []
      let size = 0
      const iterator = source[Symbol.asyncIterator]()
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
        chunks.push(next.value)
        size += next.value.length
        if (size > inlineUpTo) return { kind: 'blob', ...(await write(joined(chunks, iterator), options)) }
      }
      return { kind: 'inline', bytes: Buffer.concat(chunks), size }
    },
    async read(id: string, range?: ByteRange) {
      const place = placeOf(id)
      readers.set(id, (readers.get(id) ?? 0) + 1)
      try {
        const handle = await open(join(await root(), ...place), 'r')
        const stream = new BlobStream(handle, buffers, {
          from: range?.from ?? 0,
          to: range?.to ?? Number.POSITIVE_INFINITY,
        })
        stream.once('close', () => release(id))
        return stream
      } catch (error) {
        release(id)
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
        const message = `a stored body is missing: ${id} is not in this data folder, but maybe in that of another simulator on the same store`
        throw Object.assign(new Error(message, { cause: error }), { code: 'ENOENT' })
      }
    },
    hold(ids) {
      for (const id of ids) readers.set(id, (readers.get(id) ?? 0) + 1)
      let held = true
      return () => {
        if (held) for (const id of ids) release(id)
        held = false
      }
    },
    async remove(id) {
      if (readers.has(id)) doomed.add(id)
      else await remove(id)
    },
    async sweep(isReferenced) {
      const base = await root()
      let removed = 0
      const files = await readdir(base, { recursive: true, withFileTypes: true }).catch(error => {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
        throw error
      })
      for (const file of files) {
        if (!file.isFile() || !idPattern.test(file.name)) continue
        if (await isReferenced(file.name)) continue
        await rm(join(file.parentPath, file.name), { force: true })
        removed++
      }
      return removed
    },
    async close() {
      await threads.close()
      await ephemeral?.drop()
    },
  }
}
