import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ArchiveTooLarge, BadArchive, unpackZip } from '../../lib/index.ts'
import type { Report } from '../problems.ts'

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 250 MB, unzipped. */
const limit = 262_144_000

/**
 * Unpacks `handlers/*.zip` below the build directory, where a changed archive gets a folder of its own; answers the
 * folders by the archives' paths.
 */
export async function unpackArchives(
  directory: string,
  buildDirectory: string,
  report: Report,
): Promise<ReadonlyMap<string, string>> {
  const handlers = join(directory, 'handlers')
  const found = new Map<string, string>()
  if (!existsSync(handlers)) return found
  for (const name of await readdir(handlers)) {
    if (!name.endsWith('.zip') || name.startsWith('.') || name.startsWith('_')) continue
    const file = join(handlers, name)
    const bytes = await readFile(file)
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16)
    const folder = join(buildDirectory, 'archives', `${name.slice(0, -4)}-${hash}`)
    try {
      if (!existsSync(folder)) await unpack(bytes, folder)
      found.set(file, folder)
    } catch (error) {
      if (!(error instanceof BadArchive || error instanceof ArchiveTooLarge)) throw error
      report.problem(
        'bad-archive',
        `handlers/${name} cannot be unpacked: ${error.message}`,
        { position: { file, line: 1, column: 1 }, source: '' },
        "Zip the contents of the function's folder, with the handler at the root: cd function && zip -r ../function.zip .",
      )
    }
  }
  return found
}

/** First under another name: what was broken off is not taken for a function. */
async function unpack(bytes: Uint8Array, folder: string): Promise<void> {
  const unfinished = `${folder}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true })
  await unpackZip(bytes, unfinished, limit)
  await rename(unfinished, folder)
}
