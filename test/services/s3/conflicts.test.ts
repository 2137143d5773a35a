import {
  type ChecksumType,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { startS3 } from './support.ts'

const Bucket = 'facts'
const Key = 'k'

async function withBucket(): Promise<S3Client> {
  const { s3 } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket }))
  return s3
}

/** Begins an upload with one part, and answers how it is completed. */
async function begun(
  s3: S3Client,
  input: { ChecksumAlgorithm?: 'CRC32C'; ChecksumType?: ChecksumType } = {},
) {
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...input }))
  const { ETag, ChecksumCRC32C } = await s3.send(
    new UploadPartCommand({
      ...{ Bucket, Key, UploadId, PartNumber: 1, Body: 'part' },
      ChecksumAlgorithm: input.ChecksumAlgorithm,
    }),
  )
  const Parts = [{ PartNumber: 1, ETag, ChecksumCRC32C }]
  return (condition: object) =>
    s3.send(
      new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts }, ...condition }),
    )
}

const conflict = (Condition: string) => ({
  name: 'ConditionalRequestConflict',
  message: 'The conditional request cannot succeed due to a conflicting operation against this resource.',
  Condition,
  Key,
  $metadata: { httpStatusCode: 409 },
})

test('what was written or deleted since an upload began comes before its condition', async () => {
  const s3 = await withBucket()
  const put = (Body: string) => s3.send(new PutObjectCommand({ Bucket, Key, Body }))
  await put('first')
  const overtaken = await begun(s3)
  const { ETag } = await put('second')
  await expect(overtaken({ IfMatch: ETag })).rejects.toMatchObject(conflict('If-Match'))

  const disturbed = await begun(s3)
  await s3.send(new DeleteObjectCommand({ Bucket, Key }))
  await expect(disturbed({ IfMatch: ETag })).rejects.toMatchObject({ name: 'NoSuchKey' })
  await expect(disturbed({ IfNoneMatch: '*' })).rejects.toMatchObject(conflict('If-None-Match'))
  const anew = await begun(s3)
  expect((await anew({ IfNoneMatch: '*' })).ETag).toMatch(/-1"$/)
})

test('a copy onto itself has to say what it changes, be it the same storage class', async () => {
  const s3 = await withBucket()
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))
  const copy = (input: object) =>
    s3.send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/${Key}`, ...input }))
  await expect(copy({})).rejects.toMatchObject({ name: 'InvalidRequest' })
  await expect(copy({ IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' })
  expect((await copy({ StorageClass: 'STANDARD' })).CopySourceVersionId).toBeUndefined()
})

test('a plus sign in the source of a copy is a blank, as in forms', async () => {
  const s3 = await withBucket()
  await s3.send(new PutObjectCommand({ Bucket, Key: 'a b', Body: 'blank' }))
  await s3.send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/a+b` }))
  expect(await (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString()).toBe('blank')
})

test('attributes tell the parts of a composite checksum, of a whole one their number', async () => {
  const s3 = await withBucket()
  const attributes = async () => {
    const { Checksum, ObjectParts } = await s3.send(
      new GetObjectAttributesCommand({ Bucket, Key, ObjectAttributes: ['Checksum', 'ObjectParts'] }),
    )
    return { Checksum, ObjectParts }
  }
  const composite = await begun(s3, { ChecksumAlgorithm: 'CRC32C', ChecksumType: 'COMPOSITE' })
  const { ChecksumCRC32C } = await composite({})
  expect(ChecksumCRC32C).toMatch(/-1$/)
  expect(await attributes()).toMatchObject({
    Checksum: { ChecksumCRC32C: ChecksumCRC32C?.replace('-1', ''), ChecksumType: 'COMPOSITE' },
    ObjectParts: { TotalPartsCount: 1, Parts: [{ PartNumber: 1, Size: 4 }] },
  })
  const whole = await begun(s3, { ChecksumAlgorithm: 'CRC32C', ChecksumType: 'FULL_OBJECT' })
  const done = await whole({})
  expect(await attributes()).toEqual({
    Checksum: { ChecksumCRC32C: done.ChecksumCRC32C, ChecksumType: 'FULL_OBJECT' },
    ObjectParts: { TotalPartsCount: 1 },
  })
})

test('tags of a key whose newest version is a delete marker are refused as those of the marker', async () => {
  const s3 = await withBucket()
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }))
  await expect(s3.send(new GetObjectTaggingCommand({ Bucket, Key }))).rejects.toMatchObject({
    name: 'NoSuchKey',
    Key: `${Bucket}/${Key}`,
  })
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))
  await s3.send(new DeleteObjectCommand({ Bucket, Key }))
  const refused = (Method: string) => ({
    name: 'MethodNotAllowed',
    Method,
    ResourceType: 'DeleteMarker',
    $metadata: { httpStatusCode: 405 },
  })
  await expect(s3.send(new GetObjectTaggingCommand({ Bucket, Key }))).rejects.toMatchObject(refused('GET'))
  await expect(
    s3.send(new PutObjectTaggingCommand({ Bucket, Key, Tagging: { TagSet: [] } })),
  ).rejects.toMatchObject(refused('PUT'))
})
