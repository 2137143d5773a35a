import {
  AbortMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  RestoreObjectCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { recordsOf, start } from '../../triggers/s3/support.ts'

const Bucket = 'temporary'
const Versioning = { Bucket, VersioningConfiguration: { Status: 'Enabled' } } as const
const lifecycle = (...Rules: object[]) =>
  new PutBucketLifecycleConfigurationCommand({
    Bucket,
    LifecycleConfiguration: { Rules: Rules.map(rule => ({ Status: 'Enabled', ...rule })) as never },
  })
const events = [
  's3:LifecycleExpiration:*',
  's3:LifecycleTransition',
  's3:ObjectRemoved:*',
  's3:ObjectRestore:*',
]
const config = {
  resources: { buckets: [Bucket] },
  triggers: [{ bucket: Bucket, function: 'record', events }],
}
const midnight = (time: number, days: number) => Math.ceil(time / 86_400_000 + days) * 86_400_000

test('an object goes at the midnight after its days, and says so beforehand', async () => {
  const { simulator, s3 } = await start(config)
  await s3.send(lifecycle({ ID: 'old logs', Filter: { Prefix: 'log/' }, Expiration: { Days: 3 } }))
  const put = await s3.send(new PutObjectCommand({ Bucket, Key: 'log/a', Body: 'x' }))
  await s3.send(new PutObjectCommand({ Bucket, Key: 'kept', Body: 'x' }))
  const date = new Date(midnight(simulator.clock.now(), 3)).toUTCString()
  const expiration = `expiry-date="${date}", rule-id="old%20logs"`
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'log/a' }))
  await got.Body?.transformToString()
  expect([put.Expiration, got.Expiration]).toEqual([expiration, expiration])
  await simulator.clock.advance({ days: 3 })
  expect((await s3.send(new GetObjectCommand({ Bucket, Key: 'log/a' }))).ContentLength).toBe(1)
  await simulator.clock.advance({ days: 1 })
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'log/a' }))).rejects.toThrow()
  expect((await s3.send(new GetObjectCommand({ Bucket, Key: 'kept' }))).ContentLength).toBe(1)
  await simulator.idle()
  expect(recordsOf(simulator, 'record')).toMatchObject([
    {
      eventVersion: '2.3',
      eventName: 'LifecycleExpiration:Delete',
      userIdentity: { principalId: 's3.amazonaws.com' },
      s3: { object: { key: 'log/a' } },
    },
  ])
})

test('versions become noncurrent, go by number and days, and leave no lonely delete marker', async () => {
  const { simulator, s3 } = await start(config)
  await s3.send(new PutBucketVersioningCommand(Versioning))
  for (const Body of ['1', '2', '3']) await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body }))
  await s3.send(
    lifecycle({
      Filter: {},
      Expiration: { Days: 1 },
      NoncurrentVersionExpiration: { NoncurrentDays: 10, NewerNoncurrentVersions: 1 },
    }),
  )
  const shown = async () => {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }))
    return [Versions.length, DeleteMarkers.length]
  }
  await simulator.clock.advance({ days: 2 })
  expect(await shown()).toEqual([3, 1])
  await simulator.clock.advance({ days: 12 })
  expect(await shown()).toEqual([1, 1])
  await s3.send(lifecycle({ Filter: {}, NoncurrentVersionExpiration: { NoncurrentDays: 1 } }))
  await simulator.clock.advance({ days: 1 })
  expect(await shown()).toEqual([0, 1])
  await s3.send(lifecycle({ Filter: {}, Expiration: { ExpiredObjectDeleteMarker: true } }))
  await simulator.clock.advance({ days: 1 })
  expect(await shown()).toEqual([0, 0])
  await simulator.idle()
  expect(recordsOf(simulator, 'record').map(({ eventName }) => eventName)).toEqual([
    'LifecycleExpiration:DeleteMarkerCreated',
    'LifecycleExpiration:Delete',
    'LifecycleExpiration:Delete',
    'LifecycleExpiration:Delete',
    'LifecycleExpiration:Delete',
  ])
})

test('uploads that nobody completes are aborted', async () => {
  const { simulator, s3 } = await start(config)
  await s3.send(lifecycle({ Filter: {}, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 } }))
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'k' }))
  const count = async () =>
    ((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads ?? []).length
  expect(await count()).toBe(1)
  await simulator.clock.advance({ days: 3 })
  expect(await count()).toBe(0)
  await expect(
    s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'k', UploadId })),
  ).rejects.toMatchObject({ name: 'NoSuchUpload' })
})

test('objects are archived, restored for a while, and archived again', async () => {
  const { simulator, s3 } = await start(config)
  await s3.send(lifecycle({ Filter: {}, Transitions: [{ Days: 1, StorageClass: 'GLACIER' }] }))
  await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x'.repeat(128 * 1024) }))
  await s3.send(new PutObjectCommand({ Bucket, Key: 'small', Body: 'x' }))
  await simulator.clock.advance({ days: 2 })
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'k' }))).rejects.toMatchObject({
    name: 'InvalidObjectState',
  })
  expect((await s3.send(new GetObjectCommand({ Bucket, Key: 'small' }))).ContentLength).toBe(1)
  const copies = new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/k` })
  await expect(s3.send(copies)).rejects.toMatchObject({
    name: 'InvalidObjectState',
    message: "Operation is not valid for the source object's storage class",
  })
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'copy' }))
  const part = { Bucket, Key: 'copy', UploadId, PartNumber: 1, CopySource: `${Bucket}/k` }
  await expect(s3.send(new UploadPartCopyCommand(part))).rejects.toMatchObject({ name: 'InvalidObjectState' })
  const statuses = async () => {
    const asked = { Bucket, Prefix: 'k', OptionalObjectAttributes: ['RestoreStatus' as const] }
    const { Contents } = await s3.send(new ListObjectsV2Command(asked))
    const { Versions } = await s3.send(new ListObjectVersionsCommand(asked))
    return [Contents?.[0]?.RestoreStatus, Versions?.[0]?.RestoreStatus]
  }
  expect(await statuses()).toEqual([undefined, undefined])
  await s3.send(new RestoreObjectCommand({ Bucket, Key: 'k', RestoreRequest: { Days: 1 } }))
  const told = { IsRestoreInProgress: false, RestoreExpiryDate: new Date(midnight(simulator.clock.now(), 1)) }
  expect(await statuses()).toEqual([told, told])
  expect(
    (await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'k' }))).Contents?.[0]?.RestoreStatus,
  ).toBeUndefined()
  const restored = await s3.send(new GetObjectCommand({ Bucket, Key: 'k' }))
  expect((await restored.Body?.transformToString())?.length).toBe(128 * 1024)
  await simulator.clock.advance({ days: 2 })
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'k' }))).rejects.toMatchObject({
    name: 'InvalidObjectState',
  })
  await simulator.idle()
  const names = recordsOf(simulator, 'record').map(({ eventName }) => eventName)
  expect(names.toSorted()).toEqual([
    'LifecycleTransition',
    'ObjectRestore:Completed',
    'ObjectRestore:Delete',
    'ObjectRestore:Post',
  ])
})
