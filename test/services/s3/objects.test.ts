import { Readable } from 'node:stream'
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { startS3 } from './support.ts'

const Bucket = 'things'

test('an object is written, read, described, listed and deleted', async () => {
  const { s3, clock, events } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket }))
  const put = await s3.send(
    new PutObjectCommand({
      Bucket,
      Key: 'a b+c/é.txt',
      Body: 'hello',
      ContentType: 'text/plain',
      Metadata: { who: 'Ada' },
    }),
  )
  expect(put).toMatchObject({
    ETag: '"5d41402abc4b2a76b9719d911017c592"',
    ChecksumCRC32: 'NhCmhg==',
    ChecksumType: 'FULL_OBJECT',
    ServerSideEncryption: 'AES256',
  })
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'a b+c/é.txt' }))
  expect(await got.Body?.transformToString()).toBe('hello')
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'a b+c/é.txt', ChecksumMode: 'ENABLED' }))
  expect(head).toMatchObject({
    ContentLength: 5,
    ContentType: 'text/plain',
    ETag: '"5d41402abc4b2a76b9719d911017c592"',
    LastModified: new Date(Math.floor(clock.now() / 1000) * 1000),
    Metadata: { who: 'Ada' },
    ChecksumCRC32: 'NhCmhg==',
    AcceptRanges: 'bytes',
  })
  const range = await s3.send(new GetObjectCommand({ Bucket, Key: 'a b+c/é.txt', Range: 'bytes=-2' }))
  expect([await range.Body?.transformToString(), range.ContentRange, range.$metadata.httpStatusCode]).toEqual(
    ['lo', 'bytes 3-4/5', 206],
  )
  const list = await s3.send(new ListObjectsV2Command({ Bucket }))
  expect(list.Contents?.map(({ Key, Size }) => [Key, Size])).toEqual([['a b+c/é.txt', 5]])
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a b+c/é.txt' }))
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'a b+c/é.txt' }))).rejects.toMatchObject({
    name: 'NoSuchKey',
    message: 'The specified key does not exist.',
    Key: 'a b+c/é.txt',
  })
  expect(events.map(({ type }) => type)).toEqual(['ObjectCreated:Put', 'ObjectRemoved:Delete'])
})

test('a large streamed body is kept as a blob, its trailing checksum verified, and read while it is overwritten', async () => {
  const { s3 } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket }))
  const body = Buffer.alloc(3_000_000, 'abcdefg')
  const put = await s3.send(
    new PutObjectCommand({
      Bucket,
      Key: 'large',
      Body: Readable.from([body.subarray(0, 1_000_000), body.subarray(1_000_000)]),
      ContentLength: body.length,
    }),
  )
  expect(put.ChecksumCRC32).toBeTypeOf('string')
  const reading = await s3.send(new GetObjectCommand({ Bucket, Key: 'large' }))
  await s3.send(new PutObjectCommand({ Bucket, Key: 'large', Body: 'small' }))
  expect(Buffer.from((await reading.Body?.transformToByteArray()) ?? []).equals(body)).toBe(true)
  const small = await s3.send(new GetObjectCommand({ Bucket, Key: 'large' }))
  expect(await small.Body?.transformToString()).toBe('small')
})

test('part 0 is no part', async () => {
  const { s3 } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket: 'parts' }))
  await s3.send(new PutObjectCommand({ Bucket: 'parts', Key: 'k', Body: 'x' }))
  await expect(
    s3.send(new GetObjectCommand({ Bucket: 'parts', Key: 'k', PartNumber: 0 })),
  ).rejects.toMatchObject({
    name: 'InvalidArgument',
    message: 'Part number must be an integer between 1 and 10000, inclusive',
  })
})
