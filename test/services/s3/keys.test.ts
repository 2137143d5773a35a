import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { byBytes, oddKeys as keys } from './odd-keys.ts'
import { startS3 } from './support.ts'

const Bucket = 'keys'

test('every key comes back as it was, and lists sort by UTF-8 bytes', async () => {
  const { s3 } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket }))
  for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket, Key, Body: `body of ${Key}` }))
  for (const Key of keys) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }))
    expect(await Body?.transformToString()).toBe(`body of ${Key}`)
  }
  const list = await s3.send(new ListObjectsV2Command({ Bucket }))
  expect(list.Contents?.map(({ Key }) => Key)).toEqual(keys.toSorted(byBytes))
  const paged: string[] = []
  for (let token: string | undefined, more = true; more; ) {
    const page = await s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 4, ContinuationToken: token }))
    paged.push(...(page.Contents ?? []).map(({ Key = '' }) => Key))
    token = page.NextContinuationToken
    more = page.IsTruncated === true
  }
  expect(paged).toEqual(keys.toSorted(byBytes))
})

test('control characters come through encoding-type=url', async () => {
  const { s3 } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket }))
  const Key = 'a\u0001b\nc'
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))
  const list = await s3.send(new ListObjectsCommand({ Bucket, EncodingType: 'url' }))
  expect(list.Contents?.map(each => each.Key)).toEqual(['a%01b%0Ac'])
  expect((await s3.send(new HeadObjectCommand({ Bucket, Key }))).ContentLength).toBe(1)
})

test('a key of 1,025 bytes is too long', async () => {
  const { s3 } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket }))
  await expect(
    s3.send(new PutObjectCommand({ Bucket, Key: 'k'.repeat(1025), Body: 'x' })),
  ).rejects.toMatchObject({
    name: 'KeyTooLongError',
    message: 'Your key is too long',
    $metadata: { httpStatusCode: 400 },
  })
})

test('common prefixes, delimiter and markers', async () => {
  const { s3 } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket }))
  for (const Key of ['a/1', 'a/2', 'b', 'c/1', 'd'])
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: '' }))
  const first = await s3.send(new ListObjectsCommand({ Bucket, Delimiter: '/', MaxKeys: 2 }))
  expect([
    first.CommonPrefixes,
    first.Contents?.map(({ Key }) => Key),
    first.NextMarker,
    first.IsTruncated,
  ]).toEqual([[{ Prefix: 'a/' }], ['b'], 'b', true])
  const second = await s3.send(new ListObjectsCommand({ Bucket, Delimiter: '/', Marker: 'a/' }))
  expect([second.CommonPrefixes, second.Contents?.map(({ Key }) => Key), second.IsTruncated]).toEqual([
    [{ Prefix: 'c/' }],
    ['b', 'd'],
    false,
  ])
})
