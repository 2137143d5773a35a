import {
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectTaggingCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  PutBucketReplicationCommand,
  PutBucketVersioningCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectLockConfigurationCommand,
  PutObjectRetentionCommand,
  PutObjectTaggingCommand,
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

/** Two buckets with object lock, each of which copies to the other; `syncs` says whether changes of copies go back. */
async function mirrored(syncs: boolean) {
  const door = await startS3()
  const { s3 } = door
  for (const Bucket of ['east', 'west'])
    await s3.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }))
  for (const [Bucket, other] of [
    ['east', 'west'],
    ['west', 'east'],
  ])
    await s3.send(
      new PutBucketReplicationCommand({
        Bucket,
        ReplicationConfiguration: {
          Role: 'arn:aws:iam::000000000000:role/r',
          Rules: [
            {
              Status: 'Enabled',
              Priority: 1,
              Filter: {},
              DeleteMarkerReplication: { Status: 'Enabled' },
              ...(syncs && { SourceSelectionCriteria: { ReplicaModifications: { Status: 'Enabled' } } }),
              Destination: { Bucket: `arn:aws:s3:::${other}` },
            },
          ],
        },
      }),
    )
  const Key = 'k'
  const facts = async (Bucket: string) => {
    const { ObjectLockLegalHoldStatus, ObjectLockMode, ReplicationStatus } = await s3.send(
      new HeadObjectCommand({ Bucket, Key }),
    )
    const { TagSet } = await s3.send(new GetObjectTaggingCommand({ Bucket, Key }))
    const { Grants } = await s3.send(new GetObjectAclCommand({ Bucket, Key }))
    return { ObjectLockLegalHoldStatus, ObjectLockMode, ReplicationStatus, TagSet, grants: Grants?.length }
  }
  const tag = (Bucket: string, Value: string) =>
    s3.send(new PutObjectTaggingCommand({ Bucket, Key, Tagging: { TagSet: [{ Key: 'a', Value }] } }))
  return { ...door, facts, tag }
}

test("a version's tags, ACL and lock follow to its copy, and do not come back by themselves", async () => {
  const { s3, clock, facts, tag } = await mirrored(false)
  const [Bucket, Key] = ['east', 'k']
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))
  await tag(Bucket, 'b')
  await s3.send(new PutObjectAclCommand({ Bucket, Key, ACL: 'public-read' }))
  await s3.send(new PutObjectLegalHoldCommand({ Bucket, Key, LegalHold: { Status: 'ON' } }))
  const RetainUntilDate = new Date(clock.now() + 86_400_000)
  await s3.send(
    new PutObjectRetentionCommand({ Bucket, Key, Retention: { Mode: 'GOVERNANCE', RetainUntilDate } }),
  )
  const copied = {
    ObjectLockLegalHoldStatus: 'ON',
    ObjectLockMode: 'GOVERNANCE',
    ReplicationStatus: 'REPLICA',
    TagSet: [{ Key: 'a', Value: 'b' }],
    grants: 2,
  }
  expect(await facts('west')).toEqual(copied)
  await tag('west', 'c')
  expect((await facts('east')).TagSet).toEqual([{ Key: 'a', Value: 'b' }])
  await s3.send(new DeleteObjectTaggingCommand({ Bucket, Key }))
  expect((await facts('west')).TagSet).toEqual([])
})

test('with replica modification sync what changes on a copy goes back to its source', async () => {
  const { s3, facts, tag } = await mirrored(true)
  await s3.send(new PutObjectCommand({ Bucket: 'east', Key: 'k', Body: 'x' }))
  await tag('west', 'c')
  expect((await facts('east')).TagSet).toEqual([{ Key: 'a', Value: 'c' }])
})

test("a copy gets its bucket's default retention; what is locked is not copied where nothing can be", async () => {
  const { s3, clock, facts } = await mirrored(false)
  const DefaultRetention = { Mode: 'COMPLIANCE', Days: 2 } as const
  await s3.send(
    new PutObjectLockConfigurationCommand({
      Bucket: 'west',
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention } },
    }),
  )
  await s3.send(new PutObjectCommand({ Bucket: 'east', Key: 'k', Body: 'x' }))
  expect([(await facts('east')).ObjectLockMode, (await facts('west')).ObjectLockMode]).toEqual([
    undefined,
    'COMPLIANCE',
  ])

  await s3.send(new CreateBucketCommand({ Bucket: 'open' }))
  await s3.send(
    new PutBucketVersioningCommand({ Bucket: 'open', VersioningConfiguration: { Status: 'Enabled' } }),
  )
  await s3.send(
    new PutBucketReplicationCommand({
      Bucket: 'east',
      ReplicationConfiguration: {
        Role: 'arn:aws:iam::000000000000:role/r',
        Rules: [{ Status: 'Enabled', Prefix: '', Destination: { Bucket: 'arn:aws:s3:::open' } }],
      },
    }),
  )
  await s3.send(
    new PutObjectCommand({
      Bucket: 'east',
      Key: 'k',
      Body: 'x',
      ObjectLockMode: 'GOVERNANCE',
      ObjectLockRetainUntilDate: new Date(clock.now() + 86_400_000),
    }),
  )
  expect((await facts('east')).ReplicationStatus).toBe('FAILED')
})

test('rules that S3 refuses are refused, and versioning stays on under them', async () => {
  const { s3 } = await mirrored(false)
  const rule = { Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::west' } }
  const no = { DeleteMarkerReplication: { Status: 'Disabled' } }
  const schema =
    'must be specified for this version of Cross Region Replication configuration schema. Please refer to S3 Developer Guide for more information.'
  const cases: [rules: object[], message: string][] = [
    [[{ ...rule, ...no, Filter: {} }], `Priority ${schema}`],
    [[{ ...rule, Filter: {}, Priority: 1 }], `DeleteMarkerReplication ${schema}`],
    [
      [
        { ...rule, ...no, Filter: { Prefix: 'a' }, Priority: 1 },
        { ...rule, ...no, Filter: { Prefix: 'b' }, Priority: 1 },
      ],
      'Found duplicate priority 1.',
    ],
    [
      [
        {
          ...rule,
          Filter: { Tag: { Key: 'a', Value: 'b' } },
          Priority: 1,
          DeleteMarkerReplication: { Status: 'Enabled' },
        },
      ],
      'Delete marker replication is not supported if any Tag filter is specified. Please refer to S3 Developer Guide for more information.',
    ],
    [
      [{ ...rule, Prefix: '', Destination: { Bucket: 'arn:aws:s3:::east' } }],
      'Destination bucket cannot be the same as the source bucket.',
    ],
  ]
  for (const [Rules, message] of cases)
    await expect(
      s3.send(
        new PutBucketReplicationCommand({
          Bucket: 'east',
          ReplicationConfiguration: { Role: 'arn:aws:iam::000000000000:role/r', Rules: Rules as never },
        }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidRequest', message })

  await s3.send(new CreateBucketCommand({ Bucket: 'plain' }))
  const versioned = (Status: 'Enabled' | 'Suspended') =>
    s3.send(new PutBucketVersioningCommand({ Bucket: 'plain', VersioningConfiguration: { Status } }))
  await versioned('Enabled')
  await s3.send(
    new PutBucketReplicationCommand({
      Bucket: 'plain',
      ReplicationConfiguration: {
        Role: 'arn:aws:iam::000000000000:role/r',
        Rules: [{ Status: 'Enabled', Prefix: '', Destination: { Bucket: 'arn:aws:s3:::west' } }],
      },
    }),
  )
  await expect(versioned('Suspended')).rejects.toMatchObject({ name: 'InvalidBucketState' })
})
