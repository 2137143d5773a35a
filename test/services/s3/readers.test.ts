import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { expect, onTestFinished, test } from 'vitest'
import type { Logger } from '../../../src/ports/index.ts'
import { openBlobs } from '../../../src/stores/index.ts'
import { startS3 } from './support.ts'

/** A door whose bodies lie in a folder of the test's. */
async function startWithFolder(log?: Logger) {
  const directory = mkdtempSync(join(tmpdir(), 'lambdarium-readers-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  const newId = (): string => randomBytes(16).toString('hex')
  const door = await startS3({
    blobs: await openBlobs({ kind: 'directory', directory, newId }),
    ...(log === undefined ? {} : { log }),
  })
  const files = (): string[] =>
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
  return { ...door, files }
}

test('who reads an object gets it whole, although it is overwritten and deleted meanwhile', async () => {
  const { s3, files } = await startWithFolder()
  const object = { Bucket: 'read', Key: 'k' }
  const [before, after] = [randomBytes(8_000_000), randomBytes(3_000_000)]
  await s3.send(new CreateBucketCommand({ Bucket: 'read' }))
  await s3.send(new PutObjectCommand({ ...object, Body: before }))
  // Its body is not read yet: the sockets between hold far less than all of it.
  const old = await s3.send(new GetObjectCommand(object))
  await s3.send(new PutObjectCommand({ ...object, Body: after }))
  const fresh = await s3.send(new GetObjectCommand(object))
  await s3.send(new DeleteObjectCommand(object))
  await expect(s3.send(new GetObjectCommand(object))).rejects.toMatchObject({ name: 'NoSuchKey' })
  expect(files()).toHaveLength(2)
  expect(before.equals((await old.Body?.transformToByteArray()) ?? Buffer.alloc(0))).toBe(true)
  expect(after.equals((await fresh.Body?.transformToByteArray()) ?? Buffer.alloc(0))).toBe(true)
  await expect.poll(files).toEqual([])
})

test('a damaged body breaks the connection instead of ending early, and is told of', async () => {
  const errors: unknown[] = []
  const quiet = { debug() {}, info() {}, warn() {} }
  const log: Logger = { ...quiet, error: detail => void errors.push(detail) }
  const { s3, files, client } = await startWithFolder(log)
  const object = { Bucket: 'read', Key: 'k' }
  await s3.send(new CreateBucketCommand({ Bucket: 'read' }))
  await s3.send(new PutObjectCommand({ ...object, Body: randomBytes(1_000_000) }))
  truncateSync(files()[0] ?? '', 600_000)
  const got = await client({ maxAttempts: 1 }).send(new GetObjectCommand(object))
  await expect(got.Body?.transformToByteArray()).rejects.toThrow(/aborted|terminated|socket hang up/)
  const { message } = (errors[0] as { readonly err: Error }).err
  expect(message).toBe('a stored body is damaged: its file ends at byte 600000, and 1000000 were kept')
  // What lies before the damage can be read.
  const start = await s3.send(new GetObjectCommand({ ...object, Range: 'bytes=0-99' }))
  expect((await start.Body?.transformToByteArray())?.length).toBe(100)
})

test('answers that wait on a connection let go of their bodies when it breaks', async () => {
  const { s3, files, endpoint } = await startWithFolder()
  const Bucket = 'read'
  await s3.send(new CreateBucketCommand({ Bucket, ACL: 'public-read' }))
  const keys = ['a', 'b', 'c']
  for (const Key of keys)
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: randomBytes(30_000_000), ACL: 'public-read' }))
  const { hostname, port } = new URL(endpoint)
  const socket = connect(Number(port), hostname)
  socket.write(keys.map(key => `GET /${Bucket}/${key} HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`).join(''))
  await new Promise(resolve => socket.once('data', resolve))
  socket.pause()
  for (const Key of keys) await s3.send(new DeleteObjectCommand({ Bucket, Key }))
  expect(files()).toHaveLength(3)
  socket.destroy()
  await expect.poll(files).toEqual([])
})
