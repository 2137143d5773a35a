import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { expect, onTestFinished, test } from 'vitest'
import { createSimulator, type Simulator } from '../../../src/index.ts'
import { startCommand } from '../../support/lambdarium-command.ts'
import { recordsOf, start, triggersProject } from './support.ts'

/** What stands between the simulator and its engine, and may lose an answer. */
interface Line {
  readonly url: string
  /** Calls it with each answer that comes back from the engine; true loses it. */
  loses: (request: IncomingMessage) => boolean
  /** A status that it answers in place of the engine's, as a gateway that waited too long does. */
  status: (request: IncomingMessage) => number | undefined
}

async function lossyLine(engine: string): Promise<Line> {
  const line: { -readonly [Member in keyof Line]: Line[Member] } = {
    url: '',
    loses: () => false,
    status: () => undefined,
  }
  const target = new URL(engine)
  const server: Server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming
    // The Host header goes on as it is, for it is signed.
    const asked = request(
      { host: target.hostname, port: target.port, method, path: url, headers },
      answer => {
        if (line.loses(incoming)) {
          answer.resume()
          incoming.socket.destroy()
          return
        }
        const status = line.status(incoming)
        if (status !== undefined) {
          answer.resume()
          outgoing.writeHead(status).end()
          return
        }
        outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
        answer.pipe(outgoing)
      },
    )
    incoming.pipe(asked)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  line.url = `http://test:test@127.0.0.1:${(server.address() as AddressInfo).port}`
  return line
}

async function startEngine(): Promise<{ engine: Simulator; direct: S3Client }> {
  const engine = await createSimulator({ resources: { buckets: ['photos'] } })
  const direct = new S3Client({ ...engine.clientConfig(), maxAttempts: 1 })
  onTestFinished(async () => {
    direct.destroy()
    await engine.stop()
  })
  return { engine, direct }
}

const Bucket = 'photos'
const all = ['s3:ObjectCreated:*' as const, 's3:ObjectRemoved:*' as const]

test('a change whose answer was lost is found out about and told', async () => {
  const { engine, direct } = await startEngine()
  const line = await lossyLine(engine.aws)
  const triggers = [{ bucket: Bucket, events: all, function: 'record' }]
  const { simulator } = await start({ s3Endpoint: line.url, triggers })
  const s3 = new S3Client({ ...simulator.clientConfig(), maxAttempts: 1 })
  onTestFinished(() => s3.destroy())
  line.loses = ({ method }) => method === 'PUT' || method === 'DELETE'
  await expect(s3.send(new PutObjectCommand({ Bucket, Key: 'kept', Body: 'x' }))).rejects.toMatchObject({
    name: 'ServiceUnavailable',
  })
  expect((await direct.send(new HeadObjectCommand({ Bucket, Key: 'kept' }))).ContentLength).toBe(1)
  await simulator.idle()
  await expect(s3.send(new DeleteObjectCommand({ Bucket, Key: 'kept' }))).rejects.toMatchObject({
    name: 'ServiceUnavailable',
  })
  // Nothing happened: the engine never heard of it.
  line.loses = () => false
  await expect(
    s3.send(new PutObjectCommand({ Bucket: 'nowhere', Key: 'k', Body: 'x' })),
  ).rejects.toMatchObject({ name: 'NoSuchBucket' })
  await simulator.idle()
  expect(recordsOf(simulator, 'record').map(({ eventName, s3 }) => [eventName, s3.object['key']])).toEqual([
    ['ObjectCreated:Put', 'kept'],
    ['ObjectRemoved:Delete', 'kept'],
  ])
})

test('an upload whose completion was not heard of is not completed again by us', async () => {
  const { engine } = await startEngine()
  const line = await lossyLine(engine.aws)
  const { simulator, s3 } = await start({
    s3Endpoint: line.url,
    triggers: [{ bucket: Bucket, function: 'record', events: ['s3:ObjectCreated:*'] }],
  })
  const once = new S3Client({ ...simulator.clientConfig(), maxAttempts: 1 })
  onTestFinished(() => once.destroy())
  const Key = 'whole'
  const { UploadId } = await once.send(new CreateMultipartUploadCommand({ Bucket, Key }))
  const part = { Bucket, Key, UploadId, PartNumber: 1, Body: 'part' }
  const { ETag } = await once.send(new UploadPartCommand(part))
  let completions = 0
  line.loses = ({ method, url = '' }) => method === 'POST' && url.includes('uploadId') && ++completions === 1
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] }
  await expect(
    once.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload })),
  ).rejects.toMatchObject({ name: 'ServiceUnavailable' })
  expect(completions).toBe(1)
  await simulator.idle()
  expect(recordsOf(simulator, 'record').map(({ eventName }) => eventName)).toEqual([
    'ObjectCreated:CompleteMultipartUpload',
  ])
  await s3.send(new HeadObjectCommand({ Bucket, Key }))
})

test('a gateway timeout says nothing of what the engine did: that is found out about', async () => {
  const { engine } = await startEngine()
  const line = await lossyLine(engine.aws)
  const triggers = [{ bucket: Bucket, events: all, function: 'record' }]
  const { simulator } = await start({ s3Endpoint: line.url, triggers })
  const s3 = new S3Client({ ...simulator.clientConfig(), maxAttempts: 1 })
  onTestFinished(() => s3.destroy())
  line.status = ({ method }) => (method === 'PUT' ? 504 : undefined)
  await expect(s3.send(new PutObjectCommand({ Bucket, Key: 'kept', Body: 'x' }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 504 },
  })
  await simulator.idle()
  expect(recordsOf(simulator, 'record').map(({ eventName, s3 }) => [eventName, s3.object['key']])).toEqual([
    ['ObjectCreated:Put', 'kept'],
  ])
})

test('a change in whose middle the simulator was killed is told after the restart', async () => {
  const { engine, direct } = await startEngine()
  const line = await lossyLine(engine.aws)
  const project = triggersProject({
    s3Endpoint: line.url,
    triggers: [{ bucket: Bucket, events: all, function: 'record' }],
  })
  onTestFinished(() => project.remove())
  const command = startCommand(['--log-format', 'json', '--port', '0', '--aws-port', '0'], {
    cwd: project.directory,
  })
  const ready = JSON.parse((await command.saw('"ready"')).trimEnd().split('\n').at(-1) ?? '')
  const s3 = new S3Client({
    endpoint: ready.aws,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    forcePathStyle: true,
    maxAttempts: 1,
  })
  onTestFinished(() => s3.destroy())
  await s3.send(new PutObjectCommand({ Bucket, Key: 'before', Body: 'x' }))
  line.loses = ({ method }) => {
    if (method === 'PUT') command.child.kill('SIGKILL')
    return true
  }
  await expect(s3.send(new PutObjectCommand({ Bucket, Key: 'middle', Body: 'x' }))).rejects.toThrow()
  await command.ended
  expect((await direct.send(new HeadObjectCommand({ Bucket, Key: 'middle' }))).ContentLength).toBe(1)

  line.loses = () => false
  const simulator = await createSimulator({
    project: project.directory,
    data: join(project.directory, '.lambdarium'),
  })
  onTestFinished(() => simulator.stop())
  await simulator.idle()
  const told = recordsOf(simulator, 'record').map(({ s3: { object } }) => object['key'])
  expect(told).toContain('middle')
})
