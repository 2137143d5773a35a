import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { expect, onTestFinished, test } from 'vitest'
import { openBlobs } from '../../../src/stores/index.ts'
import { startS3 } from './support.ts'

test('who reads an object gets it whole, although it is overwritten and deleted meanwhile', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'lambdarium-readers-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  const newId = (): string => randomBytes(16).toString('hex')
  const { s3 } = await startS3({ blobs: await openBlobs({ kind: 'directory', directory, newId }) })
  const files = (): number =>
    readdirSync(directory, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).length
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
  expect(files()).toBe(2)
  expect(before.equals((await old.Body?.transformToByteArray()) ?? Buffer.alloc(0))).toBe(true)
  expect(after.equals((await fresh.Body?.transformToByteArray()) ?? Buffer.alloc(0))).toBe(true)
  await expect.poll(files).toBe(0)
})
