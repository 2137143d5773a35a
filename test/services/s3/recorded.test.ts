import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketTaggingCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsCommand,
  PutBucketCorsCommand,
  PutBucketEncryptionCommand,
  PutBucketReplicationCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { startS3 } from './support.ts'

// What AWS was recorded to answer by public projects, February 2026.
const Bucket = 'recorded'
const Key = 'k'

async function withBucket() {
  const door = await startS3()
  await door.s3.send(new CreateBucketCommand({ Bucket, ACL: 'public-read' }))
  return door
}

test('a version id is made of letters, digits, dots and underscores; one that nobody gave is no id', async () => {
  const { s3 } = await withBucket()
  const VersioningConfiguration = { Status: 'Enabled' } as const
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }))
  const ids: string[] = []
  for (let at = 0; at < 40; at++)
    ids.push((await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))).VersionId ?? '')
  expect(ids.filter(id => !/^[\w.]{32}$/.test(id))).toEqual([])
  const [VersionId = ''] = ids
  const remove = (id: string) => s3.send(new DeleteObjectCommand({ Bucket, Key, VersionId: id }))
  const tampered = `${VersionId.slice(0, -4)}ABCD`
  await expect(remove(tampered)).rejects.toMatchObject({
    name: 'InvalidArgument',
    message: 'Invalid version id specified',
    ArgumentName: 'versionId',
    ArgumentValue: tampered,
  })
  expect((await remove(VersionId)).VersionId).toBe(VersionId)
  expect((await remove(VersionId)).VersionId).toBe(VersionId)
})

test('a document without a set of tags takes all of them away', async () => {
  const { s3 } = await withBucket()
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x', Tagging: 'a=b' }))
  await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] } }))
  const Tagging = { TagSet: undefined }
  await s3.send(new PutObjectTaggingCommand({ Bucket, Key, Tagging }))
  await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging }))
  expect((await s3.send(new GetObjectTaggingCommand({ Bucket, Key }))).TagSet).toEqual([])
  await expect(s3.send(new GetBucketTaggingCommand({ Bucket }))).rejects.toMatchObject({
    name: 'NoSuchTagSet',
  })
})

test('a bucket that is not there, or not open to the caller, comes before what is wrong with the document', async () => {
  const { s3, stranger } = await withBucket()
  const malformed = { ServerSideEncryptionConfiguration: { Rules: undefined } }
  const put = (client: typeof s3, Bucket: string) =>
    client.send(new PutBucketEncryptionCommand({ Bucket, ...malformed }))
  await expect(put(s3, 'nowhere')).rejects.toMatchObject({ name: 'NoSuchBucket', BucketName: 'nowhere' })
  await expect(put(stranger, Bucket)).rejects.toMatchObject({ name: 'AccessDenied' })
  await expect(put(s3, Bucket)).rejects.toMatchObject({ name: 'MalformedXML' })
})

test('a destination that is not there is one without versions', async () => {
  const { s3 } = await withBucket()
  const VersioningConfiguration = { Status: 'Enabled' } as const
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }))
  const Rules = [{ Status: 'Enabled', Prefix: '', Destination: { Bucket: 'arn:aws:s3:::nowhere' } }] as const
  const ReplicationConfiguration = { Role: 'arn:aws:iam::000000000000:role/r', Rules: [...Rules] }
  await expect(
    s3.send(new PutBucketReplicationCommand({ Bucket, ReplicationConfiguration })),
  ).rejects.toMatchObject({
    name: 'InvalidRequest',
    message: 'Destination bucket must have versioning enabled.',
  })
})

test('HeadBucket says that the name is no alias of an access point', async () => {
  const { s3 } = await withBucket()
  expect(await s3.send(new HeadBucketCommand({ Bucket }))).toMatchObject({
    AccessPointAlias: false,
    BucketRegion: 'us-east-1',
  })
})

test('an upload that was begun without a checksum has no mode, and its parts have no sums to compare', async () => {
  const { s3 } = await withBucket()
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }))
  const part = { Bucket, Key, UploadId, PartNumber: 1, Body: 'aaa', ChecksumAlgorithm: 'CRC32C' } as const
  const { ETag } = await s3.send(new UploadPartCommand(part))
  const complete = (input: object) =>
    s3.send(
      new CompleteMultipartUploadCommand({
        ...{ Bucket, Key, UploadId },
        MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] },
        ...input,
      }),
    )
  for (const ChecksumType of ['FULL_OBJECT', 'COMPOSITE'])
    await expect(complete({ ChecksumType })).rejects.toMatchObject({
      name: 'InvalidRequest',
      message:
        'The upload was created using the null checksum mode. The complete request must use the same checksum mode.',
    })
  expect(await complete({ ChecksumCRC32C: 'AAAAAA==-2' })).toMatchObject({
    ChecksumCRC64NVME: 'Rnr2/5P7Gsk=',
    ChecksumType: 'FULL_OBJECT',
  })
})

test("a copy's source may be a whole URL; an encoded word that is no base64 is read as Java's mail library does", async () => {
  const { s3, endpoint } = await withBucket()
  const Metadata = { word: '=?UTF-8?B?=GGG?=', binary: '=?UTF-8?B?AAECAw==?=', one: '=?UTF-8?B?YWJjZGU=?=' }
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x', Metadata }))
  const CopySource = `${endpoint}/${Bucket}/${Key}`
  const { CopyObjectResult } = await s3.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource }))
  expect(CopyObjectResult?.ETag).toBe('"9dd4e461268c8034f5c8564e155c67a6"')
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key }))
  expect(head.Metadata).toEqual({
    word: '=?UTF-8?B?77+9Ye+/vQ==?=',
    binary: '=?UTF-8?B?AAECAw==?=',
    one: 'abcde',
  })
})

test('headers that a page asks for count in its request itself; rules that do not fit answer nothing', async () => {
  const { s3, endpoint } = await withBucket()
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))
  const origin = 'http://localhost:4200'
  const rule = { AllowedMethods: ['GET'], AllowedOrigins: [origin], AllowedHeaders: ['x-amz-expected-*'] }
  await s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [rule] } }))
  const allowed = async (headers: Record<string, string>) =>
    (await fetch(`${endpoint}/${Bucket}/${Key}`, { headers })).headers.get('access-control-allow-origin')
  const asked = 'access-control-request-headers'
  expect(await allowed({ origin })).toBe(origin)
  expect(await allowed({ origin, [asked]: 'x-amz-expected-bucket-owner' })).toBe(origin)
  expect(await allowed({ origin, [asked]: 'x-amz-request-payer' })).toBeNull()
  expect(await allowed({ origin: 'http://localhost:4300' })).toBeNull()
})

test('who is nobody reads lists without owners', async () => {
  const { s3, endpoint } = await withBucket()
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))
  expect((await s3.send(new ListObjectsCommand({ Bucket }))).Contents?.[0]?.Owner).toBeDefined()
  for (const query of ['', '?list-type=2&fetch-owner=true']) {
    const text = await (await fetch(`${endpoint}/${Bucket}${query}`)).text()
    expect(text).toContain(`<Key>${Key}</Key>`)
    expect(text).not.toContain('<Owner>')
  }
})

test("browsers' first question: the bucket and its rules come before the method", async () => {
  const { s3, endpoint } = await withBucket()
  const ask = async (path: string, headers: Record<string, string>) => {
    const answer = await fetch(`${endpoint}/${path}`, { method: 'OPTIONS', headers })
    const text = await answer.text()
    const element = (name: string) => new RegExp(`<${name}>(.*?)</${name}>`).exec(text)?.[1]
    return [answer.status, element('Code'), element('Message'), element('Method'), element('ResourceType')]
  }
  const origin = 'https://pages.example'
  const method = { 'access-control-request-method': 'PUT' }
  const insufficient = 'Insufficient information. Origin request header needed.'
  expect(await ask('nowhere/k', {})).toEqual([400, 'BadRequest', insufficient, undefined, undefined])
  const forbidden = (message: string, asked: string, type: string) => {
    return [403, 'AccessForbidden', `CORSResponse: ${message}`, asked, type]
  }
  expect(await ask('nowhere/k', { origin })).toEqual(forbidden('Bucket not found', 'OPTIONS', 'BUCKET'))
  const off = 'CORS is not enabled for this bucket.'
  expect(await ask(`${Bucket}/k`, { origin, ...method })).toEqual(forbidden(off, 'PUT', 'BUCKET'))
  expect(await ask(`${Bucket}/k`, { origin })).toEqual(forbidden(off, 'OPTIONS', 'BUCKET'))

  const CORSRules = [{ AllowedMethods: ['GET'], AllowedOrigins: [origin] }]
  await s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }))
  const [, , , ...about] = await ask(`${Bucket}/k`, { origin, ...method })
  expect(about).toEqual(['PUT', 'OBJECT'])
  const [, , , ...ofBucket] = await ask(Bucket, { origin, ...method })
  expect(ofBucket).toEqual(['PUT', 'BUCKET'])
  const allowed = await fetch(`${endpoint}/${Bucket}/k`, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'GET' },
  })
  expect(allowed.status).toBe(200)
  expect([allowed.headers.get('server'), allowed.headers.get('x-amz-id-2')]).toEqual([
    'AmazonS3',
    expect.stringMatching(/^[\w+/=]+$/),
  ])
})
