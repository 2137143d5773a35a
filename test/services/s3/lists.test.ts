import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { startS3 } from './support.ts'

const Bucket = 'shelf'

test('times are of whole seconds, and a token makes the start unsaid', async () => {
  const { s3, clock } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket }))
  for (const Key of ['a', 'b', 'c']) await s3.send(new PutObjectCommand({ Bucket, Key }))
  const LastModified = new Date(Math.floor(clock.now() / 1000) * 1000)
  const first = await s3.send(new ListObjectsV2Command({ Bucket, StartAfter: 'a', MaxKeys: 1 }))
  expect(first).toMatchObject({ StartAfter: 'a', Contents: [{ Key: 'b', LastModified }] })
  const second = await s3.send(
    new ListObjectsV2Command({
      Bucket,
      StartAfter: 'a',
      MaxKeys: 1,
      ContinuationToken: first.NextContinuationToken,
    }),
  )
  expect(second.StartAfter).toBeUndefined()
  expect(second.Contents?.map(({ Key }) => Key)).toEqual(['c'])
})

test('a list of versions goes on behind a version that is gone by then', async () => {
  const { s3 } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket }))
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }))
  const ids: (string | undefined)[] = []
  for (let count = 0; count < 4; count++)
    ids.unshift((await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: `${count}` }))).VersionId)
  const page = await s3.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 2 }))
  for (const { Key, VersionId } of page.Versions ?? [])
    await s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId }))
  const { Versions } = await s3.send(
    new ListObjectVersionsCommand({
      Bucket,
      KeyMarker: page.NextKeyMarker,
      VersionIdMarker: page.NextVersionIdMarker,
    }),
  )
  expect(Versions?.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).toEqual([
    [ids[2], true],
    [ids[3], false],
  ])
})

test('lists of uploads end with a marker, and refuse one of another key', async () => {
  const { s3 } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket }))
  const start = async (Key: string) =>
    (await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }))).UploadId
  const inFolder = await start('folder/a')
  const alone = await start('x')
  const list = (input: object) => s3.send(new ListMultipartUploadsCommand({ Bucket, ...input }))
  expect(await list({})).toMatchObject({
    IsTruncated: false,
    NextKeyMarker: 'x',
    NextUploadIdMarker: alone,
  })
  expect(await list({ Delimiter: '/', MaxUploads: 1 })).toMatchObject({
    IsTruncated: true,
    CommonPrefixes: [{ Prefix: 'folder/' }],
    NextKeyMarker: '',
    NextUploadIdMarker: '',
  })
  await expect(list({ KeyMarker: 'x', UploadIdMarker: inFolder })).rejects.toMatchObject({
    name: 'InvalidArgument',
    message: 'Invalid uploadId marker',
  })
})

test('versions and delete markers stand between one another, as they were made', async () => {
  const { s3, client } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket }))
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }))
  for (const Key of ['a', 'b']) {
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: '1' }))
    await s3.send(new DeleteObjectCommand({ Bucket, Key }))
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: '2' }))
    await s3.send(new DeleteObjectCommand({ Bucket, Key }))
  }
  const elements: string[] = []
  const listener = client()
  listener.middlewareStack.add(
    next => async args => {
      const answer = await next(args)
      const { body } = answer.response as { body: AsyncIterable<Uint8Array> }
      const chunks: Uint8Array[] = []
      for await (const chunk of body) chunks.push(chunk)
      const text = Buffer.concat(chunks).toString()
      for (const [, name, key] of text.matchAll(/<(Version|DeleteMarker)>.*?<Key>(.)<\/Key>/g))
        elements.push(`${name} ${key}`)
      return { ...answer, output: { $metadata: {} } }
    },
    { step: 'deserialize', priority: 'low' },
  )
  await listener.send(new ListObjectVersionsCommand({ Bucket }))
  const ofKey = (key: string) =>
    ['DeleteMarker', 'Version', 'DeleteMarker', 'Version'].map(name => `${name} ${key}`)
  expect(elements).toEqual([...ofKey('a'), ...ofKey('b')])
})

test('an empty part number marker and page length are none', async () => {
  const { s3 } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket }))
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'k' }))
  const wrong = { PartNumberMarker: '', MaxParts: '' as unknown as number }
  const { MaxParts, PartNumberMarker } = await s3.send(
    new ListPartsCommand({ Bucket, Key: 'k', UploadId, ...wrong }),
  )
  expect({ MaxParts, PartNumberMarker }).toEqual({ MaxParts: 1000, PartNumberMarker: '0' })
})
