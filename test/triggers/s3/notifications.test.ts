import { AddPermissionCommand, LambdaClient } from '@aws-sdk/client-lambda'
import {
  DeleteObjectsCommand,
  GetBucketNotificationConfigurationCommand,
  type NotificationConfiguration,
  PutBucketNotificationConfigurationCommand,
  PutBucketReplicationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  RestoreObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { recordsOf, start } from './support.ts'

const arn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`
const put = (s3: S3Client, NotificationConfiguration: object, SkipDestinationValidation = false) =>
  s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket: 'docs',
      NotificationConfiguration: NotificationConfiguration as NotificationConfiguration,
      SkipDestinationValidation,
    }),
  )

test('a bucket tells the functions that its configuration names', async () => {
  const { simulator, s3 } = await start({ resources: { buckets: ['docs'] } })
  const FilterRules = [
    { Name: 'prefix', Value: 'in put/' },
    { Name: 'SUFFIX', Value: '.txt' },
  ]
  await put(s3, {
    LambdaFunctionConfigurations: [
      {
        Id: 'new',
        LambdaFunctionArn: arn('record'),
        Events: ['s3:ObjectCreated:*'],
        Filter: { Key: { FilterRules } },
      },
      { LambdaFunctionArn: arn('record'), Events: ['s3:ObjectRemoved:*'] },
    ],
  })
  const { $metadata: _, ...shown } = await s3.send(
    new GetBucketNotificationConfigurationCommand({ Bucket: 'docs' }),
  )
  expect(shown).toEqual({
    LambdaFunctionConfigurations: [
      {
        Id: 'new',
        LambdaFunctionArn: arn('record'),
        Events: ['s3:ObjectCreated:*'],
        Filter: {
          Key: {
            FilterRules: [
              { Name: 'Prefix', Value: 'in put/' },
              { Name: 'Suffix', Value: '.txt' },
            ],
          },
        },
      },
      {
        // Base64 of a UUID (recorded).
        Id: expect.stringMatching(/^[A-Za-z0-9]{48}$/),
        LambdaFunctionArn: arn('record'),
        Events: ['s3:ObjectRemoved:*'],
      },
    ],
  })
  for (const Key of ['in put/a.txt', 'in put/a.pdf', 'out/a.txt'])
    await s3.send(new PutObjectCommand({ Bucket: 'docs', Key, Body: 'x' }))
  await simulator.idle()
  const told = recordsOf(simulator, 'record').map(({ s3: { configurationId, object } }) => [
    configurationId,
    object['key'],
  ])
  expect(told).toEqual([['new', 'in+put/a.txt']])

  await put(s3, {})
  expect(await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket: 'docs' }))).not.toHaveProperty(
    'LambdaFunctionConfigurations',
  )
})

test('destinations that are not there are refused as AWS refuses them', async () => {
  const { s3 } = await start({ resources: { buckets: ['docs'] } })
  const to = (LambdaFunctionArn: string) => ({
    LambdaFunctionConfigurations: [{ LambdaFunctionArn, Events: ['s3:ObjectCreated:*'] }],
  })
  // Recorded from AWS: the two messages, the names of the arguments and the text of the value.
  await expect(put(s3, to('invalid'))).rejects.toMatchObject({
    name: 'InvalidArgument',
    message: 'The ARN could not be parsed',
    ArgumentName: 'CloudFunction',
    ArgumentValue: 'invalid',
  })
  await expect(put(s3, to(arn('nobody')))).rejects.toMatchObject({
    name: 'InvalidArgument',
    message: 'Unable to validate the following destination configurations',
    ArgumentName1: `${arn('nobody')}, null`,
    ArgumentValue1: `Not authorized to invoke function [${arn('nobody')}]`,
  })
  await put(s3, to(arn('nobody')), true)
  await expect(put(s3, to('invalid'), true)).rejects.toMatchObject({ ArgumentName: 'CloudFunction' })
})

test.each([
  [
    ['', ''],
    ['', ''],
    'Configurations overlap. Configurations on the same bucket cannot share a common event type.',
  ],
  [
    ['a/', '.jpg'],
    ['a/b', 'g'],
    'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.',
  ],
])('two configurations of one event overlap: %j %j', async (one, other, message) => {
  const { s3 } = await start({ resources: { buckets: ['docs'] } })
  const entry = ([prefix, suffix]: string[], event: string) => ({
    LambdaFunctionArn: arn('record'),
    Events: [event],
    Filter: {
      Key: {
        FilterRules: [
          { Name: 'prefix', Value: prefix },
          { Name: 'suffix', Value: suffix },
        ],
      },
    },
  })
  const both = [entry(one, 's3:ObjectCreated:*'), entry(other, 's3:ObjectCreated:Put')]
  await expect(put(s3, { LambdaFunctionConfigurations: both })).rejects.toMatchObject({
    name: 'InvalidArgument',
    message,
  })
  const apart = [entry(one, 's3:ObjectCreated:*'), entry(other, 's3:ObjectRemoved:*')]
  await put(s3, { LambdaFunctionConfigurations: apart })
})

test('queues that are not there are refused; kept unchecked, it is said that nobody tells them', async () => {
  const { simulator, s3 } = await start({ resources: { buckets: ['docs'] } })
  const QueueArn = 'arn:aws:sqs:us-east-1:000000000000:jobs'
  const configuration = {
    QueueConfigurations: [{ Id: 'q', QueueArn, Events: ['s3:ObjectCreated:Put' as const] }],
  }
  await expect(put(s3, configuration)).rejects.toMatchObject({
    name: 'InvalidArgument',
    message: 'Unable to validate the following destination configurations',
    ArgumentName1: QueueArn,
    ArgumentValue1: 'The destination queue does not exist',
  })
  await put(s3, configuration, true)
  await s3.send(new PutObjectCommand({ Bucket: 'docs', Key: 'k', Body: 'x' }))
  await simulator.idle()
  const [record] = simulator.journal.records({ notification: 'ObjectCreated:Put' })
  expect(record?.stages.map(({ name }) => name)).toEqual(['triggers', 'not emulated'])
  expect(record?.outcome).toEqual({ delivered: 0 })
})

test('a function that lets somebody in lets in nobody else', async () => {
  const { simulator, s3 } = await start({ resources: { buckets: ['docs', 'others'] } })
  const lambda = new LambdaClient(simulator.clientConfig())
  const allow = (StatementId: string, bucket: string) =>
    lambda.send(
      new AddPermissionCommand({
        FunctionName: 'record',
        StatementId,
        Action: 'lambda:InvokeFunction',
        Principal: 's3.amazonaws.com',
        SourceArn: `arn:aws:s3:::${bucket}`,
        SourceAccount: '000000000000',
      }),
    )
  const configuration = {
    LambdaFunctionConfigurations: [{ LambdaFunctionArn: arn('record'), Events: ['s3:ObjectCreated:*'] }],
  }
  await allow('one', 'others')
  await expect(put(s3, configuration)).rejects.toMatchObject({
    ArgumentValue1: `Not authorized to invoke function [${arn('record')}]`,
  })
  await allow('two', 'docs')
  await put(s3, configuration)
  lambda.destroy()
})

test('what AWS was recorded to tell of restorations, and of several deletions', async () => {
  const { simulator, s3 } = await start({
    resources: { buckets: ['docs'] },
    triggers: [{ bucket: 'docs', events: ['s3:ObjectRestore:*', 's3:ObjectRemoved:*'], function: 'record' }],
  })
  const Bucket = 'docs'
  await s3.send(new PutObjectCommand({ Bucket, Key: 'cold', Body: 'something', StorageClass: 'GLACIER' }))
  await s3.send(new RestoreObjectCommand({ Bucket, Key: 'cold', RestoreRequest: { Days: 1 } }))
  await simulator.idle()
  const [posted, completed, ...others] = recordsOf(simulator, 'record')
  expect(others).toEqual([])
  const object = {
    key: 'cold',
    size: 9,
    eTag: '437b930db84b8079c2dd804a71936b5f',
    sequencer: expect.any(String),
  }
  expect([posted?.eventName, posted?.s3.object]).toEqual(['ObjectRestore:Post', object])
  expect(posted).not.toHaveProperty('glacierEventData')
  expect([completed?.eventName, completed?.s3.object]).toEqual(['ObjectRestore:Completed', object])
  expect(completed).toMatchObject({
    userIdentity: { principalId: expect.stringMatching(/^AmazonCustomer:A[0-9A-Z]{13}$/) },
    glacierEventData: {
      restoreEventData: {
        lifecycleRestorationExpiryTime: expect.stringMatching(/T00:00:00\.000Z$/),
        lifecycleRestoreStorageClass: 'GLACIER',
      },
    },
  })
  const Objects = [{ Key: 'cold' }, { Key: 'never there' }]
  await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))
  await simulator.idle()
  const removed = recordsOf(simulator, 'record').slice(2)
  expect(removed.map(({ eventName, s3: { object } }) => [eventName, object['key']])).toEqual([
    ['ObjectRemoved:Delete', 'cold'],
    ['ObjectRemoved:Delete', 'never+there'],
  ])
})

test('a copy that replication could not make is told where its rule has metrics', async () => {
  const buckets = ['from', 'unversioned']
  const events = ['s3:Replication:*']
  const { simulator, s3 } = await start({
    resources: { buckets },
    triggers: [{ bucket: 'from', events, function: 'record' }],
  })
  const versioned = (Bucket: string, Status: 'Enabled' | 'Suspended') =>
    s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }))
  for (const Bucket of buckets) await versioned(Bucket, 'Enabled')
  const Destination = {
    Bucket: 'arn:aws:s3:::unversioned',
    Metrics: { Status: 'Enabled', EventThreshold: { Minutes: 15 } },
  } as const
  await s3.send(
    new PutBucketReplicationCommand({
      Bucket: 'from',
      ReplicationConfiguration: {
        Role: 'arn:aws:iam::000000000000:role/r',
        Rules: [
          {
            ID: 'all',
            Status: 'Enabled',
            Priority: 1,
            Filter: {},
            DeleteMarkerReplication: { Status: 'Disabled' },
            Destination,
          },
        ],
      },
    }),
  )
  await versioned('unversioned', 'Suspended')
  const { VersionId } = await s3.send(new PutObjectCommand({ Bucket: 'from', Key: 'k', Body: 'x' }))
  await simulator.idle()
  const [record, ...others] = recordsOf(simulator, 'record')
  expect(others).toEqual([])
  expect(record).toMatchObject({
    eventVersion: '2.2',
    eventName: 'Replication:OperationFailedReplication',
    userIdentity: { principalId: 's3.amazonaws.com' },
    requestParameters: { sourceIPAddress: 's3.amazonaws.com' },
    s3: { object: { key: 'k', size: 1, versionId: VersionId } },
    replicationEventData: {
      replicationRuleId: 'all',
      destinationBucket: 'arn:aws:s3:::unversioned',
      s3Operation: 'OBJECT_PUT',
      failureReason: 'DstBucketUnversioned',
    },
  })
})
