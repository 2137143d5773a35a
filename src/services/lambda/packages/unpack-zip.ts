import { createWriteStream } from 'node:fs'
import { lstat, mkdir, realpath, symlink } from 'node:fs/promises'
import { dirname, isAbsolute, join, normalize, sep } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { type Entry, fromBuffer, type ZipFile } from 'yauzl'
import { notAZip, unzippedTooLarge } from '../errors.ts'

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: layers included, 250 MB. */
export const unzippedLimit = 262_144_000
/** More names than that are no function but a bomb. */
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
 * absolute ones, through a link) and more bytes than a function may have are refused before they are written: what an
 * archive says of its sizes is checked against what comes out of it.
 */
export async function unpackZip(bytes: Uint8Array, directory: string): Promise<number> {
  try {
    return await unpack(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      await realpath(directory),
    )
  } catch (error) {
    if (isDiskError(error) || (error as { code?: string }).code === 'InvalidParameterValueException')
      throw error
    throw notAZip(error)
  }
}

async function unpack(bytes: Buffer, root: string): Promise<number> {
  // yauzl refuses absolute names, `..` and backslashes, and counts what an entry really holds.
  const zip = await open(bytes, { lazyEntries: true, strictFileNames: false, validateEntrySize: true })
  try {
    if (zip.entryCount > mostEntries) throw unzippedTooLarge()
    const links: { readonly path: string; readonly target: string }[] = []
    let total = 0
    for await (const entry of entriesOf(zip)) {
      total += entry.uncompressedSize
      if (total > unzippedLimit) throw unzippedTooLarge()
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
