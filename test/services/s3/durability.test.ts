import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { outboxEvents } from '../../../src/services/s3/index.ts'
import { openBlobs, openStore } from '../../../src/stores/index.ts'
import { startS3 } from './support.ts'

const rounds = 6
const root = fileURLToPath(new URL('../../..', import.meta.url))
const child = join(root, 'dist', `s3-crash-writer-${process.pid}.mjs`)
let directory: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lambdarium-s3-crash-'))
  await build({
    absWorkingDir: root,
    entryPoints: [join(root, 'test/services/s3/children/s3-crash-writer.ts')],
    outfile: child,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'warning',
  })
})
afterAll(async () => {
  await rm(child, { force: true })
  await rm(directory, { recursive: true, force: true })
})

/** Runs the writer until it has acknowledged so many keys, then kills it. */
function runAndKill(round: number, after: number): Promise<{ keys: string[]; errors: string }> {
  const process_: ChildProcess = spawn(process.execPath, [child, directory, String(round)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const keys: string[] = []
  let rest = ''
  let errors = ''
  process_.stderr?.setEncoding('utf8').on('data', text => {
    errors += text
  })
  process_.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    keys.push(...lines)
    if (keys.length >= after) process_.kill('SIGKILL')
  })
  return new Promise((resolve, reject) => {
    process_.once('error', reject)
    process_.once('close', () => resolve({ keys, errors }))
  })
}

const md5 = (bytes: Uint8Array): Buffer => createHash('md5').update(bytes).digest()

/** The entity tag that bytes have to have; the writer's first part has 5 MB. */
function etagOf(bytes: Uint8Array, key: string): string {
  if (!key.startsWith('parts-')) return md5(bytes).toString('hex')
  const parts = [bytes.subarray(0, 5 * 1024 * 1024), bytes.subarray(5 * 1024 * 1024)]
  return `${md5(Buffer.concat(parts.map(md5))).toString('hex')}-2`
}

/** What is wrong in the folder that the killed process left, seen through the door. */
async function inspect(
  acknowledged: ReadonlySet<string>,
  isRead: (key: string) => boolean,
): Promise<{ lost: string[]; back: string[]; torn: string[]; untold: string[]; orphans: string[] }> {
  const store = await openStore({ kind: 'lmdb', directory: join(directory, 'store') })
  const blobs = await openBlobs({
    kind: 'directory',
    directory: join(directory, 'blobs'),
    newId: () => randomBytes(16).toString('hex'),
  })
  const { s3, door } = await startS3({ store, blobs })
  const found = new Set<string>()
  const torn: string[] = []
  let token: string | undefined
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket: 'crash', ContinuationToken: token }))
    for (const { Key = '', Size, ETag } of page.Contents ?? []) {
      found.add(Key)
      if (!isRead(Key)) continue
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'crash', Key }))
      const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array()
      if (bytes.length !== Size || `"${etagOf(bytes, Key)}"` !== ETag) torn.push(Key)
    }
    token = page.NextContinuationToken
  } while (token !== undefined)
  const { told, named } = await store.read(reader => ({
    told: new Set(Array.from(outboxEvents(reader), ([, event]) => event.key)),
    named: new Set(
      Array.from(reader.range('s3/blob', {}), ({ key }) => Buffer.from(key.subarray(1, -1)).toString()),
    ),
  }))
  await door.close()
  const files = await readdir(join(directory, 'blobs'), { recursive: true, withFileTypes: true }).catch(
    () => [],
  )
  const orphans = files.filter(file => file.isFile() && !named.has(file.name)).map(file => file.name)
  await store.close()
  return {
    lost: [...acknowledged].filter(key => !key.startsWith('-') && !found.has(key)),
    back: [...acknowledged].filter(key => key.startsWith('-') && found.has(key.slice(1))),
    torn,
    untold: [...found, ...acknowledged].filter(key => !told.has(key.replace(/^-/, ''))),
    orphans,
  }
}

test(`no acknowledged object is lost, torn or untold when the process is killed, ${rounds} times`, async () => {
  const acknowledged = new Set<string>()
  for (let round = 0; round < rounds; round++) {
    const { keys, errors } = await runAndKill(round, 60 + ((round * 97) % 240))
    expect(errors).toBe('')
    for (const key of keys) acknowledged.add(key)
    // Bodies of earlier rounds are read once more at the end.
    const earlier = new RegExp(`^(?!${round})\\d+-`)
    const isRead = (key: string): boolean => round === rounds - 1 || !earlier.test(key)
    expect(await inspect(acknowledged, isRead)).toEqual({
      lost: [],
      back: [],
      torn: [],
      untold: [],
      orphans: [],
    })
  }
  expect(acknowledged.size).toBeGreaterThan(rounds * 60)
}, 240_000)
