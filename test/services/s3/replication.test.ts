import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketReplicationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { startS3 } from './support.ts'

test('objects and delete markers are copied to a bucket of another region', async () => {
  const { s3 } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket: 'source' }))
  await s3.send(
    new CreateBucketCommand({
      Bucket: 'copies',
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    }),
  )
  for (const Bucket of ['source', 'copies'])
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }))
  await s3.send(
    new PutBucketReplicationCommand({
      Bucket: 'source',
      ReplicationConfiguration: {
        Role: 'arn:aws:iam::000000000000:role/r',
        Rules: [
          {
            ID: 'in',
            Status: 'Enabled',
            Priority: 1,
            Filter: { Prefix: 'in/' },
            DeleteMarkerReplication: { Status: 'Enabled' },
            Destination: { Bucket: 'arn:aws:s3:::copies', StorageClass: 'STANDARD_IA' },
          },
        ],
      },
    }),
  )
  const small = await s3.send(new PutObjectCommand({ Bucket: 'source', Key: 'in/a', Body: 'small' }))
  const large = 'x'.repeat(100_000)
  await s3.send(new PutObjectCommand({ Bucket: 'source', Key: 'in/b', Body: large }))
  await s3.send(new PutObjectCommand({ Bucket: 'source', Key: 'out', Body: 'x' }))
  const status = async (Bucket: string, Key: string) =>
    (await s3.send(new HeadObjectCommand({ Bucket, Key }))).ReplicationStatus
  expect([await status('source', 'in/a'), await status('source', 'out')]).toEqual(['COMPLETED', undefined])
  const copy = await s3.send(new GetObjectCommand({ Bucket: 'copies', Key: 'in/a' }))
  expect(await copy.Body?.transformToString()).toBe('small')
  expect(copy).toMatchObject({
    ReplicationStatus: 'REPLICA',
    VersionId: small.VersionId,
    StorageClass: 'STANDARD_IA',
  })
  await expect(s3.send(new GetObjectCommand({ Bucket: 'copies', Key: 'out' }))).rejects.toThrow()

  await s3.send(new DeleteObjectCommand({ Bucket: 'source', Key: 'in/a' }))
  await expect(s3.send(new GetObjectCommand({ Bucket: 'copies', Key: 'in/a' }))).rejects.toThrow()
  // Older copies are found by the version's id; a shared body outlives its source.
  const VersionId = small.VersionId
  const older = await s3.send(new GetObjectCommand({ Bucket: 'copies', Key: 'in/a', VersionId }))
  expect(await older.Body?.transformToString()).toBe('small')
  const { VersionId: b } = await s3.send(new HeadObjectCommand({ Bucket: 'source', Key: 'in/b' }))
  await s3.send(new DeleteObjectCommand({ Bucket: 'source', Key: 'in/b', VersionId: b }))
  const shared = await s3.send(new GetObjectCommand({ Bucket: 'copies', Key: 'in/b' }))
  expect(await shared.Body?.transformToString()).toBe(large)
})
