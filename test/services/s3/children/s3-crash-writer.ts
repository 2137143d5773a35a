// Serves S3 from a folder and writes objects through its door as fast as it can, whole, in parts, over others and with
// deletions in between; prints each key once it is acknowledged, until it is killed.
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

/** Uploads in two parts over and over, to few keys: what is there of one must be of one upload. */
async function uploadOn(): Promise<never> {
  for (let number = 0; ; number++) {
    const url = `${door.url}/crash/parts-${number % 3}`
    const text = async (asked: Promise<Response>): Promise<string> => {
      const response = await asked
      if (response.status !== 200) throw new Error(`${url}: ${response.status} ${await response.text()}`)
      return response.headers.get('etag') ?? (await response.text())
    }
    const begun = await text(fetch(`${url}?uploads`, { method: 'POST' }))
    const id = /<UploadId>([^<]*)/.exec(begun)?.[1]
    let parts = ''
    for (const [index, size] of [5 * 1024 * 1024, 70_000].entries()) {
      const place = `partNumber=${index + 1}&uploadId=${id}`
      const etag = await text(fetch(`${url}?${place}`, { method: 'PUT', body: randomBytes(size) }))
      parts += `<Part><PartNumber>${index + 1}</PartNumber><ETag>${etag}</ETag></Part>`
    }
    const body = `<CompleteMultipartUpload>${parts}</CompleteMultipartUpload>`
    await text(fetch(`${url}?uploadId=${id}`, { method: 'POST', body }))
    writeSync(1, `parts-${number % 3}\n`)
  }
}

/** Writes and deletes; prints the key with a minus once its deletion is acknowledged. */
async function deleteOn(): Promise<never> {
  for (let number = 0; ; number++) {
    const key = `gone-${round}-${number}`
    const url = `${door.url}/crash/${key}`
    await fetch(url, { method: 'PUT', body: randomBytes(number % 2 === 0 ? 100 : 70_000) })
    const { status } = await fetch(url, { method: 'DELETE' })
    if (status !== 204) throw new Error(`${key}: ${status}`)
    writeSync(1, `-${key}\n`)
  }
}

const writers = [300, 1000, 5000, 60_000, 100_000, 200_000, 10, 0].map(size => writeOn(size))
await Promise.all([...writers, uploadOn(), deleteOn()])
