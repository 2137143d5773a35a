// Writes transactions and blobs as fast as it can and prints each number once it is acknowledged, until it is killed.
// usage: crash-writer DIRECTORY FIRST
import { createHash, randomBytes } from 'node:crypto'
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { encodeKey, openBlobs, openStore } from '../../../../src/stores/index.ts'

const [directory = '', first = '0'] = process.argv.slice(2)
const store = await openStore({ kind: 'lmdb', directory: join(directory, 'store') })
const blobs = await openBlobs({
  kind: 'directory',
  directory: join(directory, 'blobs'),
  newId: () => randomBytes(16).toString('hex'),
})
let next = Number(first)

/** Says a line at once; the pipe takes no more for a while where its reader is slow. */
function say(line: string): void {
  for (;;) {
    try {
      writeSync(1, line)
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
    }
  }
}

async function* body(content: Buffer): AsyncIterable<Uint8Array> {
  for (let at = 0; at < content.length; at += 16_384) {
    yield content.subarray(at, at + 16_384)
    await new Promise(setImmediate)
  }
}

async function writeOn(withBlobs: boolean): Promise<never> {
  for (;;) {
    const number = next++
    // Some are large, so that the log is full several times before the end.
    const content = randomBytes(withBlobs ? 100_000 : number % 8 === 0 ? 40_000 : 50 + (number % 3000))
    const blob = withBlobs ? (await blobs.write(body(content))).id : ''
    const digest = createHash('sha256').update(content).digest('hex')
    await store.transaction(writer => {
      writer.put('item', encodeKey(number), withBlobs ? Buffer.from(blob) : content)
      writer.put('index', encodeKey(digest), encodeKey(number))
      writer.put('stream', encodeKey(number), Buffer.from(JSON.stringify({ digest, blob })))
      const total = Number(Buffer.from(writer.get('total', encodeKey('all')) ?? '').toString()) + 1
      writer.put('total', encodeKey('all'), Buffer.from(String(total)))
    })
    say(`${number}\n`)
  }
}

await Promise.all(Array.from({ length: 24 }, (_, at) => writeOn(at % 8 === 0)))
