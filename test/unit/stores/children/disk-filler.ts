// Fills a small disk through the store and the blobs, then frees some of it, and reports as JSON what it saw.
// usage: disk-filler DIRECTORY
import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { encodeKey, openBlobs, openStore } from '../../../../src/stores/index.ts'

const [directory = ''] = process.argv.slice(2)
const store = await openStore({ kind: 'lmdb', directory: join(directory, 'store') })
const blobs = await openBlobs({
  kind: 'directory',
  directory: join(directory, 'blobs'),
  newId: () => randomBytes(16).toString('hex'),
})

async function* body(size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < size; at += 65_536) yield Buffer.alloc(65_536, 1)
}
const filesIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).length
const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const written: number[] = []
const failures = new Set<string>()
const ballast = await blobs.write(body(1_000_000))
for (let number = 0; failures.size === 0 && number < 100_000; number += 8) {
  const batch = Array.from({ length: 8 }, (_, at) => number + at)
  const outcomes = await Promise.allSettled(
    batch.map(one => store.transaction(writer => writer.put('t', encodeKey(one), Buffer.alloc(8000, one)))),
  )
  for (const [at, outcome] of outcomes.entries())
    if (outcome.status === 'fulfilled') written.push(number + at)
    else failures.add(describe(outcome.reason))
}
const readable = await store.read(
  reader => written.filter(one => reader.get('t', encodeKey(one))?.every(byte => byte === one % 256)).length,
)
const blobFailure = await blobs.write(body(8_000_000)).then(
  () => 'none',
  error => error.code,
)
const filesAfterFailure = filesIn(join(directory, 'blobs'))
await blobs.remove(ballast.id)
const afterwards = await store
  .transaction(writer => writer.put('t', encodeKey('small'), Buffer.from('fits')))
  .then(() => 'written', describe)
await store.close()
const reopened = await openStore({ kind: 'lmdb', directory: join(directory, 'store') })
const count = await reopened.read(reader => [...reader.range('t', {})].length)
await reopened.close()
process.stdout.write(
  `${JSON.stringify({
    written: written.length > 0,
    failures: [...failures],
    readable: readable === written.length,
    blobFailure,
    filesAfterFailure,
    afterwards,
    countFits: count === written.length + 1,
  })}\n`,
)
