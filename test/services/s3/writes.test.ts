import { createHash } from 'node:crypto'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutBucketVersioningCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import aws4 from 'aws4'
import { expect, test } from 'vitest'
import { startS3 } from './support.ts'

const Bucket = 'writes'

test('of eight racing If-None-Match PUTs one wins', async () => {
  const { s3 } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket }))
  const outcomes = await Promise.allSettled(
    Array.from({ length: 8 }, (_, index) =>
      s3.send(new PutObjectCommand({ Bucket, Key: 'one', Body: `writer ${index}`, IfNoneMatch: '*' })),
    ),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason.name] : []))).toEqual(
    Array(7).fill('PreconditionFailed'),
  )
})

test('what is wrong with a body that nobody reads harms nobody', async () => {
  const { endpoint, s3 } = await startS3()
  const { host } = new URL(endpoint)
  const put = (sha256: string, more: Record<string, string> = {}): RequestInit & { path: string } => {
    const headers = { 'X-Amz-Content-Sha256': sha256, ...more }
    const signed = aws4.sign(
      { host, method: 'PUT', path: '/missing/a', service: 's3', headers },
      { accessKeyId: 'test', secretAccessKey: 'test' },
    )
    const { Host: _, ...sent } = signed.headers as Record<string, string>
    return { method: 'PUT', body: Buffer.alloc(100_000), headers: sent, path: signed.path ?? '' }
  }
  for (const { path, ...request } of [
    put('0'.repeat(64)),
    put('STREAMING-UNSIGNED-PAYLOAD-TRAILER', { 'X-Amz-Decoded-Content-Length': '1' }),
  ])
    expect(await (await fetch(`${endpoint}${path}`, request)).text()).toContain('<Code>NoSuchBucket</Code>')
  // Its error would have ended the process by now.
  await s3.send(new CreateBucketCommand({ Bucket }))
})

test('a body that is not what its checksum says is refused and nothing is kept', async () => {
  const { s3 } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket }))
  await expect(
    s3.send(
      new PutObjectCommand({
        Bucket,
        Key: 'bad',
        Body: 'x',
        ChecksumSHA256: createHash('sha256').update('y').digest('base64'),
      }),
    ),
  ).rejects.toMatchObject({
    name: 'BadDigest',
    message: 'The SHA256 you specified did not match the calculated checksum.',
  })
  await expect(
    s3.send(
      new PutObjectCommand({
        Bucket,
        Key: 'bad',
        Body: 'x',
        ContentMD5: createHash('md5').update('y').digest('base64'),
      }),
    ),
  ).rejects.toMatchObject({
    name: 'BadDigest',
    message: 'The Content-MD5 you specified did not match what we received.',
  })
  await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'bad' }))).rejects.toMatchObject({
    name: 'NotFound',
  })
})

test('parts without a number or an entity tag complete nothing', async () => {
  const { s3 } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket }))
  const Key = 'k'
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }))
  const part = { Bucket, Key, UploadId, PartNumber: 1, Body: 'x' }
  const { ETag } = await s3.send(new UploadPartCommand(part))
  for (const Parts of [[{}], [{ PartNumber: 1 }], [{ ETag }], [{ PartNumber: 1, ETag }, {}]])
    await expect(
      s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } })),
    ).rejects.toMatchObject({ name: 'MalformedXML' })
  await expect(s3.send(new HeadObjectCommand({ Bucket, Key }))).rejects.toMatchObject({ name: 'NotFound' })
})

test('an upload in parts: parts listed, completed twice alike, its ETag of N parts', async () => {
  const { s3, events } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket }))
  const Key = 'whole'
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }))
  const first = Buffer.alloc(5 * 1024 * 1024, 'a')
  const one = await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: first }))
  await s3.send(new PutObjectCommand({ Bucket, Key: 'source', Body: '0123456789' }))
  const two = await s3.send(
    new UploadPartCopyCommand({
      Bucket,
      Key,
      UploadId,
      PartNumber: 2,
      CopySource: `${Bucket}/source`,
      CopySourceRange: 'bytes=2-5',
    }),
  )
  const listed = await s3.send(new ListPartsCommand({ Bucket, Key, UploadId }))
  expect(listed.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
    [1, 5 * 1024 * 1024],
    [2, 4],
  ])
  const complete = () =>
    s3.send(
      new CompleteMultipartUploadCommand({
        Bucket,
        Key,
        UploadId,
        MultipartUpload: {
          Parts: [
            { PartNumber: 1, ETag: one.ETag },
            { PartNumber: 2, ETag: two.CopyPartResult?.ETag },
          ],
        },
      }),
    )
  const { $metadata: _, ...done } = await complete()
  const md5 = (bytes: Buffer | string) => createHash('md5').update(bytes).digest()
  const tag = createHash('md5')
    .update(Buffer.concat([md5(first), md5('2345')]))
    .digest('hex')
  expect(done).toMatchObject({ Bucket, Key, ETag: `"${tag}-2"`, ChecksumType: 'FULL_OBJECT' })
  const { $metadata: __, ...again } = await complete()
  expect(again).toEqual(done)
  const part = await s3.send(new GetObjectCommand({ Bucket, Key, PartNumber: 2 }))
  expect([await part.Body?.transformToString(), part.PartsCount, part.ContentRange]).toEqual([
    '2345',
    2,
    'bytes 5242880-5242883/5242884',
  ])
  expect(events.map(({ type }) => type)).toEqual([
    'ObjectCreated:Put',
    'ObjectCreated:CompleteMultipartUpload',
  ])
  await expect(s3.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }))).rejects.toMatchObject({
    name: 'NoSuchUpload',
  })
  expect((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined()
})

test('versions: delete markers, one null version, the newest promoted', async () => {
  const { s3 } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket }))
  await s3.send(new PutObjectCommand({ Bucket, Key: 'v', Body: 'null' }))
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }))
  const first = await s3.send(new PutObjectCommand({ Bucket, Key: 'v', Body: 'first' }))
  const marker = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'v' }))
  expect(marker).toMatchObject({ DeleteMarker: true })
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'v' }))).rejects.toMatchObject({
    name: 'NoSuchKey',
  })
  const versions = await s3.send(new ListObjectVersionsCommand({ Bucket }))
  expect(versions.Versions?.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).toEqual([
    [first.VersionId, false],
    ['null', false],
  ])
  expect(versions.DeleteMarkers?.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).toEqual([
    [marker.VersionId, true],
  ])
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'v', VersionId: marker.VersionId }))
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'v' }))
  expect([await got.Body?.transformToString(), got.VersionId]).toEqual(['first', first.VersionId])
})

test('a copy keeps or replaces metadata and tags; onto itself it has to change something', async () => {
  const { s3 } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket }))
  await s3.send(
    new PutObjectCommand({ Bucket, Key: 'from', Body: 'x', Metadata: { a: '1' }, Tagging: 't=1' }),
  )
  await s3.send(new CopyObjectCommand({ Bucket, Key: 'kept', CopySource: `/${Bucket}/from` }))
  expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'kept' }))).Metadata).toEqual({ a: '1' })
  expect((await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'kept' }))).TagSet).toEqual([
    { Key: 't', Value: '1' },
  ])
  await s3.send(
    new CopyObjectCommand({
      Bucket,
      Key: 'kept',
      CopySource: `${Bucket}/from`,
      MetadataDirective: 'REPLACE',
      Metadata: { b: '2' },
    }),
  )
  expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'kept' }))).Metadata).toEqual({ b: '2' })
  await expect(
    s3.send(new CopyObjectCommand({ Bucket, Key: 'from', CopySource: `${Bucket}/from` })),
  ).rejects.toMatchObject({
    name: 'InvalidRequest',
  })
})

test('another account may do what an ACL grants it, and nothing else', async () => {
  const { s3, stranger } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket }))
  await s3.send(new PutObjectCommand({ Bucket, Key: 'mine', Body: 'x' }))
  await expect(stranger.send(new GetObjectCommand({ Bucket, Key: 'mine' }))).rejects.toMatchObject({
    name: 'AccessDenied',
  })
  await s3.send(new PutObjectAclCommand({ Bucket, Key: 'mine', ACL: 'public-read' }))
  const got = await stranger.send(new GetObjectCommand({ Bucket, Key: 'mine' }))
  expect(await got.Body?.transformToString()).toBe('x')
  await expect(stranger.send(new PutObjectCommand({ Bucket, Key: 'mine', Body: 'y' }))).rejects.toMatchObject(
    {
      name: 'AccessDenied',
    },
  )
})
