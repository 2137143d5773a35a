import {
  CreateBucketCommand,
  DeleteBucketCorsCommand,
  DeleteBucketInventoryConfigurationCommand,
  DeleteBucketOwnershipControlsCommand,
  DeleteBucketPolicyCommand,
  DeleteBucketTaggingCommand,
  GetBucketAccelerateConfigurationCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketInventoryConfigurationCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketReplicationCommand,
  GetBucketRequestPaymentCommand,
  GetBucketTaggingCommand,
  GetBucketWebsiteCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  ListBucketInventoryConfigurationsCommand,
  PutBucketAccelerateConfigurationCommand,
  PutBucketEncryptionCommand,
  PutBucketInventoryConfigurationCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketReplicationCommand,
  PutBucketRequestPaymentCommand,
  PutBucketTaggingCommand,
  PutBucketWebsiteCommand,
  PutObjectLockConfigurationCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
  SelectObjectContentCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { startS3 } from './support.ts'

const Bucket = 'things'

async function withBucket(): Promise<S3Client> {
  const { s3 } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket }))
  return s3
}

/** What an answer has besides the SDK's own. */
async function answerOf(answer: Promise<object>): Promise<object> {
  const { $metadata: _, ...rest } = (await answer) as { $metadata: unknown }
  return rest
}

test.each([
  [new GetBucketCorsCommand({ Bucket }), 'NoSuchCORSConfiguration'],
  [new GetBucketTaggingCommand({ Bucket }), 'NoSuchTagSet'],
  [new GetBucketWebsiteCommand({ Bucket }), 'NoSuchWebsiteConfiguration'],
  [new GetBucketReplicationCommand({ Bucket }), 'ReplicationConfigurationNotFoundError'],
  [new GetBucketLifecycleConfigurationCommand({ Bucket }), 'NoSuchLifecycleConfiguration'],
  [new GetPublicAccessBlockCommand({ Bucket }), 'NoSuchPublicAccessBlockConfiguration'],
  [new GetObjectLockConfigurationCommand({ Bucket }), 'ObjectLockConfigurationNotFoundError'],
  [new GetBucketOwnershipControlsCommand({ Bucket }), 'OwnershipControlsNotFoundError'],
  [new GetBucketPolicyCommand({ Bucket }), 'NoSuchBucketPolicy'],
] as const)('what was never configured is an error of its own: %# %s', async (command, code) => {
  const s3 = await withBucket()
  await expect(s3.send(command as never)).rejects.toMatchObject({
    name: code,
    BucketName: Bucket,
    $metadata: { httpStatusCode: 404 },
  })
})

test('tags, encryption, logging, payment and ownership are kept and given back', async () => {
  const s3 = await withBucket()
  const TagSet = [{ Key: 'team', Value: 'ferries' }]
  await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }))
  expect(await answerOf(s3.send(new GetBucketTaggingCommand({ Bucket })))).toEqual({ TagSet })
  await s3.send(new DeleteBucketTaggingCommand({ Bucket }))
  await expect(s3.send(new GetBucketTaggingCommand({ Bucket }))).rejects.toThrow()

  const byDefault = [
    { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false },
  ]
  expect(await answerOf(s3.send(new GetBucketEncryptionCommand({ Bucket })))).toEqual({
    ServerSideEncryptionConfiguration: { Rules: byDefault },
  })
  const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const } }]
  const ServerSideEncryptionConfiguration = { Rules }
  await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }))
  expect(await answerOf(s3.send(new GetBucketEncryptionCommand({ Bucket })))).toEqual({
    ServerSideEncryptionConfiguration: { Rules: [{ ...Rules[0], BucketKeyEnabled: false }] },
  })

  const LoggingEnabled = { TargetBucket: Bucket, TargetPrefix: 'log/' }
  await s3.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: { LoggingEnabled } }))
  expect(await answerOf(s3.send(new GetBucketLoggingCommand({ Bucket })))).toEqual({ LoggingEnabled })

  expect(await answerOf(s3.send(new GetBucketRequestPaymentCommand({ Bucket })))).toEqual({
    Payer: 'BucketOwner',
  })
  const RequestPaymentConfiguration = { Payer: 'Requester' as const }
  await s3.send(new PutBucketRequestPaymentCommand({ Bucket, RequestPaymentConfiguration }))
  expect(await answerOf(s3.send(new GetBucketRequestPaymentCommand({ Bucket })))).toEqual({
    Payer: 'Requester',
  })

  const OwnershipControls = { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' as const }] }
  await s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls }))
  expect(await answerOf(s3.send(new GetBucketOwnershipControlsCommand({ Bucket })))).toEqual({
    OwnershipControls,
  })
  await s3.send(new DeleteBucketOwnershipControlsCommand({ Bucket }))
  await expect(s3.send(new GetBucketOwnershipControlsCommand({ Bucket }))).rejects.toThrow()
})

test('a policy is kept to the letter, and its status told', async () => {
  const s3 = await withBucket()
  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` }
  const policyFor = (Principal: unknown) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, Principal }] }, null, 1)
  const isPublic = async () =>
    (await s3.send(new GetBucketPolicyStatusCommand({ Bucket }))).PolicyStatus?.IsPublic
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: policyFor('*') }))
  expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(policyFor('*'))
  expect(await isPublic()).toBe(true)
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: policyFor({ AWS: '000000000000' }) }))
  expect(await isPublic()).toBe(false)
  await s3.send(new DeleteBucketPolicyCommand({ Bucket }))
  const PublicAccessBlockConfiguration = { BlockPublicPolicy: true }
  await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }))
  await expect(s3.send(new PutBucketPolicyCommand({ Bucket, Policy: policyFor('*') }))).rejects.toMatchObject(
    { name: 'AccessDenied' },
  )
})

// The first two recorded from AWS; the others as AWS is reported to word them.
test.each([
  ['', "Policies must be valid JSON and the first byte must be '{'"],
  ['{}', 'Missing required field Statement'],
  ['{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}', 'Missing required field Principal'],
  [
    '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"nobody"},"Action":"s3:*","Resource":"arn:aws:s3:::things"}]}',
    'Invalid principal in policy',
  ],
  [
    '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"ec2:Run","Resource":"arn:aws:s3:::things"}]}',
    'Policy has invalid action',
  ],
  [
    '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"arn:aws:s3:::others"}]}',
    'Policy has invalid resource',
  ],
  [
    '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::things"}]}',
    'Action does not apply to any resource(s) in statement',
  ],
])('the policy %j is refused', async (Policy, message) => {
  const s3 = await withBucket()
  await expect(s3.send(new PutBucketPolicyCommand({ Bucket, Policy: Policy || ' ' }))).rejects.toMatchObject({
    name: 'MalformedPolicy',
    message,
  })
})

test('several configurations of one kind are listed by their ids', async () => {
  const s3 = await withBucket()
  const configuration = (Id: string) => ({
    Id,
    IsEnabled: true,
    IncludedObjectVersions: 'All' as const,
    Schedule: { Frequency: 'Daily' as const },
    Destination: { S3BucketDestination: { Bucket: 'arn:aws:s3:::reports', Format: 'CSV' as const } },
  })
  const put = (Id: string, document = Id) =>
    s3.send(
      new PutBucketInventoryConfigurationCommand({
        Bucket,
        Id,
        InventoryConfiguration: configuration(document),
      }),
    )
  for (const Id of ['b', 'a']) await put(Id)
  await expect(put('c', 'd')).rejects.toMatchObject({ name: 'IdMismatch' })
  expect(await answerOf(s3.send(new ListBucketInventoryConfigurationsCommand({ Bucket })))).toEqual({
    InventoryConfigurationList: [configuration('a'), configuration('b')],
    IsTruncated: false,
  })
  await s3.send(new DeleteBucketInventoryConfigurationCommand({ Bucket, Id: 'a' }))
  await expect(
    s3.send(new GetBucketInventoryConfigurationCommand({ Bucket, Id: 'a' })),
  ).rejects.toMatchObject({ name: 'NoSuchConfiguration' })
})

test('what is not emulated says so', async () => {
  const s3 = await withBucket()
  const accelerate = (Status: 'Enabled' | 'Suspended') =>
    s3.send(new PutBucketAccelerateConfigurationCommand({ Bucket, AccelerateConfiguration: { Status } }))
  await expect(accelerate('Enabled')).rejects.toMatchObject({ name: 'NotImplemented' })
  await accelerate('Suspended')
  expect(await answerOf(s3.send(new GetBucketAccelerateConfigurationCommand({ Bucket })))).toEqual({
    Status: 'Suspended',
  })
  const select = { Bucket, Key: 'k', Expression: 'SELECT 1', ExpressionType: 'SQL' as const }
  await expect(
    s3.send(
      new SelectObjectContentCommand({
        ...select,
        InputSerialization: { CSV: {} },
        OutputSerialization: { CSV: {} },
      }),
    ),
  ).rejects.toMatchObject({ name: 'MethodNotAllowed', $metadata: { httpStatusCode: 405 } })
})

// Texts recorded from AWS.
/** A rule that is refused, with the filter that it has or none. */
const wrong = (name: string, rule: object, message: string): [object, string, string] => [
  { Rules: [{ Status: 'Enabled', ...('Prefix' in rule ? {} : { Filter: {} }), ...rule }] },
  name,
  message,
]

test.each<[configuration: object, name: string, message: string]>([
  [
    { Rules: [{ Status: 'Enabled', Filter: {}, Expiration: { Date: new Date('2030-01-01T01:00:00Z') } }] },
    'InvalidArgument',
    "'Date' must be at midnight GMT",
  ],
  [
    {
      Rules: [
        {
          Status: 'Enabled',
          Filter: {
            And: {
              Prefix: 'a',
              Tags: [
                { Key: 'k', Value: '1' },
                { Key: 'k', Value: '2' },
              ],
            },
          },
          Expiration: { Days: 1 },
        },
      ],
    },
    'InvalidRequest',
    'Duplicate Tag Keys are not allowed.',
  ],
  [
    { Rules: [{ Status: 'On', Filter: {}, Expiration: { Days: 1 } }] },
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  ],
  wrong(
    'InvalidArgument',
    { Transitions: [{ Days: 29, StorageClass: 'STANDARD_IA' }] },
    "'Days' in Transition action must be greater than or equal to 30 for storageClass 'STANDARD_IA'",
  ),
  wrong(
    'InvalidArgument',
    {
      Transitions: [
        { Days: 30, StorageClass: 'GLACIER' },
        { Days: 60, StorageClass: 'DEEP_ARCHIVE' },
      ],
    },
    "'Days' in the 'Transition' action for StorageClass 'DEEP_ARCHIVE' for filter '()' must be 90 days more than 'filter '()'' in the 'Transition' action for StorageClass 'GLACIER'",
  ),
  wrong(
    'InvalidArgument',
    {
      Filter: { Prefix: '' },
      Transitions: [
        { Days: 1, StorageClass: 'GLACIER' },
        { Days: 2, StorageClass: 'GLACIER' },
      ],
    },
    "'StorageClass' must be different for 'Transition' actions in same 'Rule' with filter '(prefix=)'",
  ),
  wrong(
    'InvalidArgument',
    {
      Transitions: [{ Date: new Date('2030-01-01T00:00:00Z'), StorageClass: 'GLACIER' }],
      Expiration: { Days: 3 },
    },
    "Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle rule for filter '()'",
  ),
  wrong(
    'InvalidRequest',
    { Filter: { ObjectSizeGreaterThan: 1 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
    'AbortIncompleteMultipartUpload cannot be specified with Object Size.',
  ),
  wrong(
    'InvalidRequest',
    { Filter: { ObjectSizeLessThan: 1 }, Expiration: { ExpiredObjectDeleteMarker: true } },
    'ExpiredObjectDeleteMarker cannot be specified with Object Size.',
  ),
  wrong(
    'InvalidRequest',
    { Filter: { ObjectSizeLessThan: 0 }, Expiration: { Days: 1 } },
    "'ObjectSizeLessThan' should be between 1 and 1099511627776000.",
  ),
  wrong(
    'InvalidRequest',
    { Filter: { And: { ObjectSizeLessThan: 5, ObjectSizeGreaterThan: 5 } }, Expiration: { Days: 1 } },
    "'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.",
  ),
  wrong(
    'InvalidRequest',
    { Prefix: 'a', NoncurrentVersionExpiration: { NoncurrentDays: 1, NewerNoncurrentVersions: 1 } },
    'NewerNoncurrentVersions element can only be used in Lifecycle V2.',
  ),
  [
    {
      Rules: [
        { Status: 'Enabled', Filter: {}, Expiration: { Days: 1 } },
        { Status: 'Enabled', Prefix: 'a', Expiration: { Days: 1 } },
      ],
    },
    'InvalidRequest',
    'Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the Filter.',
  ],
])('a wrong lifecycle is refused: %#', async (LifecycleConfiguration, name, message) => {
  const s3 = await withBucket()
  await expect(
    s3.send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket,
        LifecycleConfiguration: LifecycleConfiguration as never,
      }),
    ),
  ).rejects.toMatchObject({ name, message })
})

// Texts recorded from AWS.
test.each([
  [
    { RedirectAllRequestsTo: { HostName: 'x' }, IndexDocument: { Suffix: 'i' } },
    'RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.',
  ],
  [{}, 'A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty'],
  [{ IndexDocument: { Suffix: '/i' } }, 'The IndexDocument Suffix is not well formed'],
  [
    { IndexDocument: { Suffix: 'i' }, RoutingRules: [{ Condition: {}, Redirect: { HostName: 'x' } }] },
    "Condition cannot be empty. To redirect all requests without a condition, the condition element shouldn't be present.",
  ],
])('a wrong website is refused: %#', async (WebsiteConfiguration, message) => {
  const s3 = await withBucket()
  await expect(s3.send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration }))).rejects.toMatchObject({
    message,
  })
})

test('replication and object lock want versions', async () => {
  const s3 = await withBucket()
  const Rules = [{ Status: 'Enabled' as const, Destination: { Bucket: 'arn:aws:s3:::others' } }]
  await expect(
    s3.send(
      new PutBucketReplicationCommand({
        Bucket,
        ReplicationConfiguration: { Role: 'arn:aws:iam::000000000000:role/r', Rules },
      }),
    ),
  ).rejects.toMatchObject({
    name: 'InvalidRequest',
    message: "Versioning must be 'Enabled' on the bucket to apply a replication configuration",
  })
  await expect(
    s3.send(
      new PutObjectLockConfigurationCommand({
        Bucket,
        ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' },
      }),
    ),
  ).rejects.toMatchObject({
    name: 'InvalidBucketState',
    message: "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
  })
  await s3.send(new DeleteBucketCorsCommand({ Bucket }))
})
