// Serves S3 from a folder and writes objects through its door as fast as it can; prints each key once it is acknowledged,
// until it is killed.
// usage: s3-crash-writer DIRECTORY ROUND
import { randomBytes } from 'node:crypto'
import { writeSync } from 'node:fs'
import { join } from 'node:path'
import { createActivityTracker, createRandomIds, createSimulatedClock } from '../../../../src/ports/index.ts'
import { createAwsDoor } from '../../../../src/server/index.ts'
import { createS3 } from '../../../../src/services/s3/index.ts'
import { openBlobs, openStore } from '../../../../src/stores/index.ts'

const [directory = '', round = '0'] = process.argv.slice(2)
const silent = { debug() {}, info() {}, warn() {}, error: console.error }
const door = await createAwsDoor({
  host: '127.0.0.1',
  port: 0,
  services: [createS3({ wantsEvents: () => true })],
  environment: {
    store: await openStore({ kind: 'lmdb', directory: join(directory, 'store') }),
    blobs: await openBlobs({
      kind: 'directory',
      directory: join(directory, 'blobs'),
      newId: () => randomBytes(16).toString('hex'),
    }),
    clock: createSimulatedClock(async () => {}),
    ids: createRandomIds(),
    log: silent,
    activity: createActivityTracker(),
    events: { emit() {} },
    functions: { invoke: () => Promise.reject(new Error('there are no functions')) },
  },
  account: '000000000000',
  region: 'us-east-1',
})
await fetch(`${door.url}/crash`, { method: 'PUT' })

let next = 0
async function writeOn(size: number): Promise<never> {
  for (;;) {
    const key = `${round}-${next++}`
    const response = await fetch(`${door.url}/crash/${key}`, { method: 'PUT', body: randomBytes(size) })
    if (response.status !== 200) throw new Error(`${key}: ${response.status} ${await response.text()}`)
    // Every second one is overwritten while others are on their way.
    if (next % 2 === 0)
      await fetch(`${door.url}/crash/shared-${next % 10}`, { method: 'PUT', body: randomBytes(size) })
    writeSync(1, `${key}\n`)
  }
}

await Promise.all([300, 1000, 5000, 60_000, 100_000, 200_000, 10, 0].map(size => writeOn(size)))
