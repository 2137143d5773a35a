import { createHmac } from 'node:crypto'
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketNotificationConfigurationCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import aws4 from 'aws4'
import { expect, onTestFinished, test } from 'vitest'
import { type ConfigInput, createSimulator, type Simulator } from '../../../src/index.ts'
import { recordsOf, type Started, start } from './support.ts'

interface Delegating extends Started {
  readonly engine: Simulator
  /** A client of the engine itself. */
  readonly direct: S3Client
}

/** A simulator whose buckets another simulator keeps. */
async function delegating(config: ConfigInput = {}): Promise<Delegating> {
  const engine = await createSimulator({
    credentials: [{ accessKeyId: 'engine', secretAccessKey: 'se/cr+et' }],
  })
  const direct = new S3Client(engine.clientConfig())
  onTestFinished(async () => {
    direct.destroy()
    await engine.stop()
  })
  const { host } = new URL(engine.aws)
  const started = await start({
    ...config,
    s3Endpoint: `http://engine:${encodeURIComponent('se/cr+et')}@${host}`,
  })
  return { ...started, engine, direct }
}

const text = async (s3: S3Client, Bucket: string, Key: string): Promise<string | undefined> =>
  await (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString()

test('requests reach the engine as they came, and its answers the client', async () => {
  const { s3, direct } = await delegating({ resources: { buckets: ['photos'] } })
  const Bucket = 'photos'
  const keys = ['plain', 'a b+c', 'ü/😀', 'x//y', "q'(1)*!", '%20', 'a&b=c?d']
  for (const Key of keys)
    await s3.send(
      new PutObjectCommand({
        Bucket,
        Key,
        Body: `of ${Key}`,
        Metadata: { who: 'Ada' },
        ContentType: 'text/x',
      }),
    )
  const listed = await direct.send(new ListObjectsV2Command({ Bucket }))
  expect(listed.Contents?.map(({ Key }) => Key)).toEqual(
    keys.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))),
  )
  expect(await Promise.all(keys.map(key => text(s3, Bucket, key)))).toEqual(keys.map(key => `of ${key}`))
  const { Metadata, ContentType, ContentLength } = await s3.send(
    new HeadObjectCommand({ Bucket, Key: 'plain' }),
  )
  expect({ Metadata, ContentType, ContentLength }).toEqual({
    Metadata: { who: 'Ada' },
    ContentType: 'text/x',
    ContentLength: 8,
  })
  const part = await s3.send(new GetObjectCommand({ Bucket, Key: 'plain', Range: 'bytes=3-5' }))
  expect(await part.Body?.transformToString()).toBe('pla')
  await expect(text(s3, Bucket, 'missing')).rejects.toMatchObject({ name: 'NoSuchKey' })
  await expect(text(s3, 'elsewhere', 'x')).rejects.toMatchObject({ name: 'NoSuchBucket' })
})

test('large bodies stream through, in one piece and in parts', async () => {
  const { s3, direct } = await delegating({ resources: { buckets: ['photos'] } })
  const Bucket = 'photos'
  const body = Buffer.from(Array.from({ length: 6_000_000 }, (_, index) => (index * 7919) >> 5))
  await s3.send(new PutObjectCommand({ Bucket, Key: 'whole', Body: body, ChecksumAlgorithm: 'SHA256' }))
  const whole = await direct.send(new GetObjectCommand({ Bucket, Key: 'whole' }))
  expect(body.equals((await whole.Body?.transformToByteArray()) ?? Buffer.alloc(0))).toBe(true)
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'parts' }))
  const Parts = []
  for (const [index, Body] of [body, body.subarray(0, 100)].entries()) {
    const upload = { Bucket, Key: 'parts', UploadId, PartNumber: index + 1 }
    const { ETag } = await s3.send(new UploadPartCommand({ ...upload, Body }))
    Parts.push({ ETag, PartNumber: index + 1 })
  }
  const end = { Bucket, Key: 'parts', UploadId, MultipartUpload: { Parts } }
  await s3.send(new CompleteMultipartUploadCommand(end))
  const parts = await s3.send(new GetObjectCommand({ Bucket, Key: 'parts' }))
  expect(
    Buffer.concat([body, body.subarray(0, 100)]).equals(
      (await parts.Body?.transformToByteArray()) ?? Buffer.alloc(0),
    ),
  ).toBe(true)
})

test('the length of a body is what it has, whatever a header of chunked bodies says', async () => {
  const { simulator, direct } = await delegating({ resources: { buckets: ['photos'] } })
  const body = Buffer.alloc(200_000, 'PUT /photos/other HTTP/1.1\r\nHost: engine\r\n\r\n')
  const { host } = new URL(simulator.aws)
  const path = '/photos/plain'
  const said = { 'x-amz-decoded-content-length': '5', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
  const { headers } = aws4.sign(
    { host, method: 'PUT', path, service: 's3', region: 'us-east-1', headers: said },
    { accessKeyId: 'test', secretAccessKey: 'test' },
  )
  const plain = await fetch(new URL(path, simulator.aws), {
    method: 'PUT',
    headers: headers as Record<string, string>,
    body,
  })
  expect(plain.status).toBe(200)
  const { Body } = await direct.send(new GetObjectCommand({ Bucket: 'photos', Key: 'plain' }))
  expect(body.equals((await Body?.transformToByteArray()) ?? Buffer.alloc(0))).toBe(true)
  const { Contents } = await direct.send(new ListObjectsV2Command({ Bucket: 'photos' }))
  expect(Contents?.map(({ Key, Size }) => [Key, Size])).toEqual([['plain', 200_000]])
})

test('signatures and policies are judged here; the engine hears nothing of who is refused', async () => {
  const { simulator, direct, s3 } = await delegating({ resources: { buckets: ['photos'] } })
  const stranger = new S3Client({
    ...simulator.clientConfig(),
    credentials: { accessKeyId: 'test', secretAccessKey: 'wrong' },
  })
  onTestFinished(() => stranger.destroy())
  await expect(
    stranger.send(new PutObjectCommand({ Bucket: 'photos', Key: 'k', Body: 'x' })),
  ).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' })
  const anonymous = await fetch(`${simulator.aws}/photos/k`, { method: 'PUT', body: 'x' })
  expect(anonymous.status).toBe(403)
  // What was signed is not what came: the engine must not keep it.
  const wrong = await fetch(`${simulator.aws}/photos/k`, {
    method: 'PUT',
    body: 'x',
    headers: { 'x-amz-checksum-crc32': 'AAAAAA==' },
  })
  expect(wrong.status).toBe(403)
  await expect(
    s3.send(new PutObjectCommand({ Bucket: 'photos', Key: 'k', Body: 'x', ChecksumCRC32: 'AAAAAA==' })),
  ).rejects.toMatchObject({ name: 'BadDigest' })
  expect((await direct.send(new ListObjectsV2Command({ Bucket: 'photos' }))).KeyCount).toBe(0)
})

test('of several deletions each is refused or done for itself', async () => {
  const { simulator, direct, s3 } = await delegating({
    resources: {
      buckets: ['photos'],
      roles: {
        cleaner: {
          policies: {
            own: {
              Version: '2012-10-17',
              Statement: [
                { Effect: 'Allow', Action: 's3:DeleteObject', Resource: 'arn:aws:s3:::photos/own/*' },
              ],
            },
          },
        },
      },
    },
    triggers: [{ bucket: 'photos', events: ['s3:ObjectRemoved:*'], function: 'record' }],
  })
  const Bucket = 'photos'
  const keys = ['own/<a&b>', 'others/c', 'own/d']
  for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))
  const sts = new STSClient(simulator.clientConfig())
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: 'arn:aws:iam::000000000000:role/cleaner', RoleSessionName: 'cleaning' }),
  )
  const cleaner = new S3Client({
    ...simulator.clientConfig(),
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  })
  onTestFinished(() => {
    sts.destroy()
    cleaner.destroy()
  })
  const Objects = keys.map(Key => ({ Key }))
  const { Deleted, Errors } = await cleaner.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))
  expect(Deleted).toEqual([{ Key: 'own/<a&b>' }, { Key: 'own/d' }])
  expect(Errors).toEqual([
    {
      Key: 'others/c',
      Code: 'AccessDenied',
      Message: expect.stringContaining('is not authorized to perform: s3:DeleteObject'),
    },
  ])
  const left = await direct.send(new ListObjectsV2Command({ Bucket }))
  expect(left.Contents?.map(({ Key }) => Key)).toEqual(['others/c'])
  await simulator.idle()
  expect(recordsOf(simulator, 'record').map(({ s3: { object } }) => object['key'])).toEqual([
    'own/%3Ca%26b%3E',
    'own/d',
  ])
})

test('a form that a browser sends is verified here and its file put on the engine, whose event it is', async () => {
  const { simulator, direct } = await delegating({
    resources: { buckets: ['photos'] },
    triggers: [{ bucket: 'photos', events: ['s3:ObjectCreated:Post'], function: 'record' }],
  })
  const { url, fields } = signedFormFor(simulator.aws, 'photos')
  const post = async (more: Record<string, string>, file: Blob) => {
    const form = new FormData()
    for (const [name, value] of Object.entries({ ...fields, ...more })) form.append(name, value)
    form.append('file', file, 'ä b.txt')
    return await fetch(url, { method: 'POST', body: form, redirect: 'manual' })
  }
  const small = await post(
    {
      key: 'in/${filename}',
      success_action_status: '201',
      'x-amz-meta-who': 'Ada',
      tagging: '<Tagging><TagSet><Tag><Key>a</Key><Value>b c</Value></Tag></TagSet></Tagging>',
    },
    new Blob(['hello'], { type: 'text/x' }),
  )
  const ETag = '"5d41402abc4b2a76b9719d911017c592"'
  const location = `${simulator.aws}/photos/in%2F%C3%A4%20b.txt`
  expect([small.status, small.headers.get('etag'), await small.text()]).toEqual([
    201,
    ETag,
    `<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse><Location>${location}</Location><Bucket>photos</Bucket><Key>in/ä b.txt</Key><ETag>${ETag.replaceAll('"', '&quot;')}</ETag></PostResponse>`,
  ])
  const large = Buffer.alloc(300_000, 'large ')
  expect((await post({ key: 'large' }, new Blob([large]))).status).toBe(204)
  const got = await direct.send(new GetObjectCommand({ Bucket: 'photos', Key: 'in/ä b.txt' }))
  expect([got.ETag, got.ContentType, got.Metadata, got.TagCount]).toEqual([ETag, 'text/x', { who: 'Ada' }, 1])
  expect(await text(direct, 'photos', 'large')).toBe(large.toString())
  const forged = await post({ 'x-amz-signature': '0'.repeat(64) }, new Blob(['x']))
  expect([forged.status, await forged.text()]).toEqual([
    403,
    expect.stringContaining('<Code>SignatureDoesNotMatch</Code>'),
  ])
  await simulator.idle()
  expect(
    recordsOf(simulator, 'record').map(({ eventName, s3 }) => [
      eventName,
      s3.object['key'],
      s3.object['size'],
    ]),
  ).toEqual([
    ['ObjectCreated:Post', 'in/%C3%A4+b.txt', 5],
    ['ObjectCreated:Post', 'large', 300_000],
  ])
})

/** A form as a project's server makes it, signed with the simulator's root credentials. */
function signedFormFor(endpoint: string, bucket: string) {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  const scope = [date.slice(0, 8), 'us-east-1', 's3', 'aws4_request']
  const expiration = new Date(Date.now() + 60_000).toISOString()
  const names = 'key x-amz-algorithm x-amz-credential x-amz-date x-amz-meta-who tagging success_action_status'
  const anything = names.split(' ').map(name => ['starts-with', `$${name}`, ''])
  const policy = Buffer.from(JSON.stringify({ expiration, conditions: [{ bucket }, ...anything] })).toString(
    'base64',
  )
  const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest()
  const fields = {
    key: 'k',
    policy,
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    'x-amz-credential': ['test', ...scope].join('/'),
    'x-amz-date': date,
    'x-amz-signature': hmac(scope.reduce<string | Buffer>(hmac, 'AWS4test'), policy).toString('hex'),
  }
  return { url: `${endpoint}/${bucket}`, fields }
}

test('every change that went through is an event', async () => {
  const { simulator, s3 } = await delegating({
    resources: { buckets: ['photos'] },
    triggers: [
      {
        bucket: 'photos',
        events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*', 's3:ObjectTagging:*'],
        function: 'record',
      },
    ],
  })
  const Bucket = 'photos'
  await s3.send(new PutObjectCommand({ Bucket, Key: 'a b', Body: 'hello' }))
  await s3.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: 'photos/a%20b' }))
  const Tagging = { TagSet: [{ Key: 't', Value: 'v' }] }
  await s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'copy', Tagging }))
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a b' }))
  const Objects = [{ Key: 'copy' }, { Key: 'never-there' }]
  await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))
  await expect(
    s3.send(new CopyObjectCommand({ Bucket, Key: 'x', CopySource: 'photos/missing' })),
  ).rejects.toMatchObject({ name: 'NoSuchKey' })
  await simulator.idle()
  const seen = recordsOf(simulator, 'record').map(({ eventName, s3: { object } }) => {
    const { key, size, eTag } = object
    return { eventName, key, size, eTag }
  })
  const eTag = '5d41402abc4b2a76b9719d911017c592'
  const removed = { size: undefined, eTag: undefined, eventName: 'ObjectRemoved:Delete' }
  expect(new Set(seen)).toEqual(
    new Set([
      { eventName: 'ObjectCreated:Put', key: 'a+b', size: 5, eTag },
      { eventName: 'ObjectCreated:Copy', key: 'copy', size: 5, eTag },
      { eventName: 'ObjectTagging:Put', key: 'copy', size: undefined, eTag },
      { ...removed, key: 'a+b' },
      { ...removed, key: 'copy' },
      { ...removed, key: 'never-there' },
    ]),
  )
  expect(seen.length).toBe(6)
})

test('notification configurations stay here', async () => {
  const { s3, direct, simulator } = await delegating()
  await s3.send(new CreateBucketCommand({ Bucket: 'made-here' }))
  await direct.send(new CreateBucketCommand({ Bucket: 'made-there' }))
  const LambdaFunctionArn = 'arn:aws:lambda:us-east-1:000000000000:function:record'
  for (const Bucket of ['made-here', 'made-there']) {
    const LambdaFunctionConfigurations = [
      { Id: 'n', LambdaFunctionArn, Events: ['s3:ObjectCreated:*' as const] },
    ]
    await s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket,
        NotificationConfiguration: { LambdaFunctionConfigurations },
      }),
    )
    const kept = await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }))
    expect(kept.LambdaFunctionConfigurations).toEqual(LambdaFunctionConfigurations)
    const there = await direct.send(new GetBucketNotificationConfigurationCommand({ Bucket }))
    expect(there.LambdaFunctionConfigurations).toBeUndefined()
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }))
  }
  await expect(
    s3.send(new GetBucketNotificationConfigurationCommand({ Bucket: 'nowhere' })),
  ).rejects.toMatchObject({ name: 'NoSuchBucket' })
  await simulator.idle()
  expect(recordsOf(simulator, 'record').map(record => record.s3.configurationId)).toEqual(['n', 'n'])
  await s3.send(new DeleteObjectCommand({ Bucket: 'made-here', Key: 'k' }))
  await s3.send(new DeleteBucketCommand({ Bucket: 'made-here' }))
  await expect(
    s3.send(new GetBucketNotificationConfigurationCommand({ Bucket: 'made-here' })),
  ).rejects.toMatchObject({ name: 'NoSuchBucket' })
})

test('an engine that does not answer is said to', async () => {
  const { simulator, engine } = await delegating({ resources: { buckets: ['photos'] } })
  await engine.stop()
  const once = new S3Client({ ...simulator.clientConfig(), maxAttempts: 1 })
  onTestFinished(() => once.destroy())
  await expect(
    once.send(new PutObjectCommand({ Bucket: 'photos', Key: 'k', Body: 'x' })),
  ).rejects.toMatchObject({ name: 'ServiceUnavailable', $metadata: { httpStatusCode: 503 } })
})
