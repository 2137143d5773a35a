import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startCommand } from '../../support/lambdarium-command.ts'
import { temporaryProject } from '../../support/temporary-project.ts'
import { canRunPostgres, type PostgresServer, startPostgres } from '../../unit/stores/postgres-server.ts'

const hasPostgres = canRunPostgres()
let server: PostgresServer

beforeAll(() => {
  if (hasPostgres) server = startPostgres()
})
afterAll(() => {
  if (hasPostgres) server.stop()
})

/** Writes down each key that it hears of. */
const handler = `
import { appendFileSync } from 'node:fs'
export const handler = async ({ Records }) => {
  for (const { s3 } of Records) appendFileSync(process.env.SEEN, s3.object.key + '\\n')
}
`

/** A project whose function, named as its bucket, writes down keys; the tests share one database. */
function project(bucket: string): { readonly directory: string; readonly seen: () => string[] } {
  const { directory, remove } = temporaryProject({ [`handlers/${bucket}.mjs`]: handler })
  onTestFinished(remove)
  const file = join(directory, 'seen.txt')
  appendFileSync(file, '')
  const triggers = [{ bucket, events: ['s3:ObjectCreated:*'], function: bucket }]
  const functions = { [bucket]: { environment: { SEEN: file } } }
  writeFileSync(join(directory, 'lambdarium.config.json'), JSON.stringify({ triggers, functions }))
  return { directory, seen: () => readFileSync(file, 'utf8').split('\n').filter(Boolean).sort() }
}

/** A process of its own on the shared database. */
async function simulator(directory: string, name: string, more: readonly string[] = []) {
  const flags = ['--port', '0', '--aws-port', '0', '--log-format', 'json', '--no-watch', ...more]
  const where = ['--project', directory, '--data', join(directory, name), '--store', server.url]
  const run = startCommand(['start', ...where, ...flags])
  onTestFinished(() => void run.child.kill('SIGKILL'))
  const endpoint = /"aws":"([^"]+)"/.exec(await run.saw('"ready"'))?.[1] ?? ''
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const s3 = new S3Client({
    endpoint,
    region: 'us-east-1',
    credentials,
    forcePathStyle: true,
    maxAttempts: 1,
  })
  onTestFinished(() => s3.destroy())
  return { run, s3 }
}

test.skipIf(!hasPostgres)(
  'of several simulators on one store one tells of events, whoever wrote, and another once that one is gone',
  async () => {
    const Bucket = 'told-once'
    const { directory, seen } = project(Bucket)
    const one = await simulator(directory, 'one')
    const two = await simulator(directory, 'two')
    await one.s3.send(new CreateBucketCommand({ Bucket }))
    const put = ({ s3 }: typeof one, Key: string) => s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }))
    const keys = Array.from({ length: 24 }, (_, at) => `key-${String(at).padStart(2, '0')}`)
    await Promise.all(keys.map((key, at) => put(at % 2 === 0 ? one : two, key)))
    const told = (): string[] => [...new Set(seen())]
    await expect.poll(told, { timeout: 20_000 }).toEqual(keys)
    // Not by both; on a machine that stands still for seconds a place may change hands.
    expect(seen().length).toBeLessThan(2 * keys.length)
    // The first has the place; what it leaves is told by the other, at least once.
    one.run.child.kill('SIGKILL')
    await put(two, 'later')
    await expect.poll(told, { timeout: 30_000 }).toEqual([...keys, 'later'])
  },
  90_000,
)

test.skipIf(!hasPostgres)(
  'what a simulator is doing on an engine is its own until it dies',
  async () => {
    const Bucket = 'on-engine'
    let heads = 0
    let heldBack = (): void => {}
    const held = new Promise<void>(resolve => {
      heldBack = resolve
    })
    const engine = createServer((request, response) => {
      request.resume()
      const isObject = request.url?.startsWith(`/${Bucket}/k`) === true
      // The object is written, and nobody hears of it.
      if (isObject && request.method === 'PUT') return void request.on('end', heldBack)
      if (isObject) heads++
      const now = new Date().toUTCString()
      response.writeHead(200, { etag: '"x"', 'last-modified': now, 'content-length': 1 }).end()
    })
    await new Promise<void>(resolve => engine.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => {
      engine.closeAllConnections()
      engine.close()
    })
    const address = `http://key:secret@127.0.0.1:${(engine.address() as AddressInfo).port}`
    const { directory, seen } = project(Bucket)
    const doomed = await simulator(directory, 'doomed', ['--s3-endpoint', address])
    const put = doomed.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' })).catch(() => {})
    await held
    await simulator(directory, 'other', ['--s3-endpoint', address])
    expect(heads).toBe(0)
    doomed.run.child.kill('SIGKILL')
    await put
    await expect.poll(() => [...new Set(seen())], { timeout: 40_000 }).toEqual(['k'])
    expect(heads).toBeGreaterThan(0)
  },
  90_000,
)
