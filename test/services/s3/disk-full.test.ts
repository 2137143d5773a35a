import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { createS3 } from '../../../src/services/s3/index.ts'
import { openBlobs, openStore } from '../../../src/stores/index.ts'
import { startS3 } from './support.ts'

const directory = mkdtempSync(join(tmpdir(), 'lambdarium-s3-full-'))

/** A disk of 12 MB, where this machine lets us make one (Linux, root). */
function mounted(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', directory], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
const small = mounted()

afterAll(() => {
  if (small) execFileSync('umount', ['-l', directory])
  rmSync(directory, { recursive: true, force: true })
})

const open = async () => {
  const store = await openStore({ kind: 'lmdb', directory: join(directory, 'store') })
  const blobs = await openBlobs({
    kind: 'directory',
    directory: join(directory, 'blobs'),
    newId: () => randomBytes(16).toString('hex'),
  })
  const door = await startS3({ store, blobs, services: [createS3({ wantsEvents: () => true })] })
  return { ...door, store }
}

const Bucket = 'full'
const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Writes objects of a size until one is refused; answers the refusal. */
async function fill(s3: S3Client, size: number, written: Map<string, string>): Promise<unknown> {
  for (let number = 0; number < 20_000; number++) {
    const Key = `${size}/${number}`
    const Body = randomBytes(size)
    try {
      await s3.send(new PutObjectCommand({ Bucket, Key, Body }))
      written.set(Key, digest(Body))
    } catch (error) {
      return error
    }
  }
  return undefined
}

/** What a bucket holds, by key. */
async function contents(s3: S3Client): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  let ContinuationToken: string | undefined
  do {
    const page = await s3.send(new ListObjectsV2Command({ Bucket, ContinuationToken }))
    for (const { Key = '' } of page.Contents ?? []) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }))
      found.set(Key, digest((await Body?.transformToByteArray()) ?? new Uint8Array()))
    }
    ContinuationToken = page.NextContinuationToken
  } while (ContinuationToken !== undefined)
  return found
}

const files = (): number =>
  readdirSync(join(directory, 'blobs'), { recursive: true, withFileTypes: true }).filter(entry =>
    entry.isFile(),
  ).length

test.skipIf(!small)(
  'a full disk is answered as S3 would, loses nothing, and objects are taken again once there is room',
  async () => {
    const first = await open()
    const { s3 } = first
    await s3.send(new CreateBucketCommand({ Bucket }))
    const written = new Map<string, string>()
    const refusal = {
      name: 'ServiceUnavailable',
      message: 'The disk of the data folder takes no more; it may be full. Nothing was stored.',
      $metadata: { httpStatusCode: 503 },
    }
    // Large bodies first, into files; then small ones, into the store, until that has no room either.
    expect(await fill(s3, 700_000, written)).toMatchObject(refusal)
    expect(files()).toBe(written.size)
    expect(await fill(s3, 20_000, written)).toMatchObject(refusal)
    expect(await contents(s3)).toEqual(written)

    // A body that breaks off for want of room must not have taken the place of what it was to replace.
    const [replaced = ''] = written.keys()
    await expect(
      s3.send(new PutObjectCommand({ Bucket, Key: replaced, Body: randomBytes(3_000_000) })),
    ).rejects.toMatchObject(refusal)
    expect(await contents(s3)).toEqual(written)

    await first.door.close()
    await first.store.close()
    const second = await open()
    onTestFinished(async () => {
      await second.door.close()
      await second.store.close()
    })
    expect(await contents(second.s3)).toEqual(written)
    for (const Key of [...written.keys()].filter(key => key.startsWith('700000/')).slice(0, 4)) {
      await second.s3.send(new DeleteObjectCommand({ Bucket, Key }))
      written.delete(Key)
    }
    for (const size of [20_000, 700_000]) {
      const Body = randomBytes(size)
      await second.s3.send(new PutObjectCommand({ Bucket, Key: `again/${size}`, Body }))
      written.set(`again/${size}`, digest(Body))
    }
    expect(await contents(second.s3)).toEqual(written)
  },
  60_000,
)
