import { createWriteStream } from 'node:fs'
import { lstat, mkdir, realpath, symlink } from 'node:fs/promises'
import { dirname, isAbsolute, join, normalize, sep } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { type Entry, fromBuffer, type ZipFile } from 'yauzl'

/** An archive that cannot be unpacked: it is none, or leads out of its folder. */
export class BadArchive extends Error {}

/** An archive that holds more than it may. */
export class ArchiveTooLarge extends Error {}

/** More names than that are no program but a bomb. */
const mostEntries = 100_000
const linkType = 0o120000
const typeMask = 0o170000

const open = promisify<Buffer, object, ZipFile>(fromBuffer)

/** A failure of the disk is not the archive's fault. */
function isDiskError(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code
  return ['ENOSPC', 'EDQUOT', 'EACCES', 'EIO', 'EMFILE', 'ENFILE', 'EROFS', 'EFBIG'].includes(code ?? '')
}

/**
 * Unpacks an archive into an existing, empty directory and answers its unpacked size. Names that lead out of it (`..`,
 * absolute ones, through a link) and more than `limit` bytes are refused before they are written: what an
 * archive says of its sizes is checked against what comes out of it.
 */
export async function unpackZip(bytes: Uint8Array, directory: string, limit: number): Promise<number> {
  try {
    const archive = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return await unpack(archive, await realpath(directory), limit)
  } catch (cause) {
    if (isDiskError(cause) || cause instanceof ArchiveTooLarge) throw cause
    throw new BadArchive(cause instanceof Error ? cause.message : String(cause), { cause })
  }
}

async function unpack(bytes: Buffer, root: string, limit: number): Promise<number> {
  // yauzl refuses absolute names, `..` and backslashes, and counts what an entry really holds.
  const zip = await open(bytes, { lazyEntries: true, strictFileNames: false, validateEntrySize: true })
  try {
    if (zip.entryCount > mostEntries) throw new ArchiveTooLarge(`more than ${mostEntries} entries`)
    const links: { readonly path: string; readonly target: string }[] = []
    let total = 0
    for await (const entry of entriesOf(zip)) {
      total += entry.uncompressedSize
      if (total > limit) throw new ArchiveTooLarge(`more than ${limit} bytes`)
      const path = join(root, entry.fileName)
      const mode = entry.externalFileAttributes >>> 16
      if (entry.fileName.endsWith('/')) await mkdir(path, { recursive: true })
      else if ((mode & typeMask) === linkType) {
        const chunks: Buffer[] = []
        for await (const chunk of await contentOf(zip, entry)) chunks.push(chunk as Buffer)
        links.push({ path, target: Buffer.concat(chunks).toString() })
      } else {
        await mkdir(dirname(path), { recursive: true })
        const executable = (mode & 0o111) !== 0
        await pipeline(
          await contentOf(zip, entry),
          // A name that comes twice replaces what was there, as unzip does.
          createWriteStream(path, { mode: executable ? 0o755 : 0o644 }),
        )
      }
    }
    // Last, so that nothing is written through a link.
    for (const { path, target } of links) await link(root, path, target)
    return total
  } finally {
    zip.close()
  }
}

async function link(root: string, path: string, target: string): Promise<void> {
  const end = normalize(join(dirname(path), target))
  if (isAbsolute(target) || !(end === root || end.startsWith(root + sep)))
    throw new Error(`the link ${path.slice(root.length + 1)} leads out of the archive`)
  await mkdir(dirname(path), { recursive: true })
  // A link inside a linked folder would be somewhere else than its name says.
  const parent = await realpath(dirname(path))
  if (parent !== dirname(path)) throw new Error(`${path.slice(root.length + 1)} lies behind a link`)
  if (await lstat(path).catch(() => undefined)) throw new Error(`${path.slice(root.length + 1)} comes twice`)
  await symlink(target, path)
}

function contentOf(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) =>
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream))),
  )
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const entry = await new Promise<Entry | undefined>((resolve, reject) => {
      const done = (run: () => void) => {
        zip.removeAllListeners('entry').removeAllListeners('end').removeAllListeners('error')
        // Closing an archive that was left early must not be an unheard error.
        zip.on('error', () => {})
        run()
      }
      zip.removeAllListeners('error')
      zip.once('entry', (found: Entry) => done(() => resolve(found)))
      zip.once('end', () => done(() => resolve(undefined)))
      zip.once('error', error => done(() => reject(error)))
      zip.readEntry()
    })
    if (entry === undefined) return
    yield entry
  }
}
