import { createHmac } from 'node:crypto'
import {
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutBucketAclCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketRequestPaymentCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { startS3, strangersAccount } from './support.ts'

const Bucket = 'house'

test("a bucket's policy binds its owner too, who can still take it away", async () => {
  const { s3 } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket }))
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'OnlyEncrypted',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:PutObject',
        Resource: `arn:aws:s3:::${Bucket}/*`,
        Condition: { StringNotEquals: { 's3:x-amz-server-side-encryption': 'AES256' } },
      },
    ],
  })
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))
  await expect(s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'a' }))).rejects.toMatchObject({
    name: 'AccessDenied',
    message:
      `User: arn:aws:iam::000000000000:root is not authorized to perform: s3:PutObject on resource: ` +
      `"arn:aws:s3:::${Bucket}/a" with an explicit deny in a resource-based policy`,
  })
  await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'a', ServerSideEncryption: 'AES256' }))
  await s3.send(new DeleteBucketPolicyCommand({ Bucket }))
  await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'a' }))
})

test("an object that another account wrote is that account's until it grants something", async () => {
  const { s3, stranger } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket, ACL: 'public-read-write' }))
  await stranger.send(new PutObjectCommand({ Bucket, Key: 'theirs', Body: 'theirs' }))
  const read = new GetObjectCommand({ Bucket, Key: 'theirs' })
  await expect(s3.send(read)).rejects.toMatchObject({ name: 'AccessDenied' })
  await stranger.send(new PutObjectAclCommand({ Bucket, Key: 'theirs', ACL: 'bucket-owner-full-control' }))
  expect(await (await s3.send(read)).Body?.transformToString()).toBe('theirs')
  await stranger.send(new PutObjectAclCommand({ Bucket, Key: 'theirs', ACL: 'private' }))
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'theirs' }))
})

test('ACLs cannot be switched off while one grants something to others', async () => {
  const { s3 } = await startS3()
  const error = {
    name: 'InvalidBucketAclWithObjectOwnership',
    message: "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
    $metadata: { httpStatusCode: 400 },
  }
  const ObjectOwnership = 'BucketOwnerEnforced'
  await expect(
    s3.send(new CreateBucketCommand({ Bucket, ACL: 'public-read', ObjectOwnership })),
  ).rejects.toMatchObject(error)
  await s3.send(new CreateBucketCommand({ Bucket, ACL: 'public-read' }))
  const enforce = new PutBucketOwnershipControlsCommand({
    Bucket,
    OwnershipControls: { Rules: [{ ObjectOwnership }] },
  })
  await expect(s3.send(enforce)).rejects.toMatchObject(error)
  await s3.send(new PutBucketAclCommand({ Bucket, ACL: 'private' }))
  await s3.send(enforce)
})

test('whoever signs a form writes into their own bucket, whatever account is the default', async () => {
  const { stranger, endpoint } = await startS3()
  await stranger.send(new CreateBucketCommand({ Bucket }))
  const policy = Buffer.from(
    JSON.stringify({
      expiration: new Date(Date.now() + 60_000).toISOString(),
      conditions: [{ bucket: Bucket }, ['starts-with', '$key', '']],
    }),
  ).toString('base64')
  const form = new FormData()
  form.set('key', 'form')
  form.set('AWSAccessKeyId', 'stranger')
  form.set('policy', policy)
  form.set('signature', createHmac('sha1', 'stranger').update(policy).digest('base64'))
  form.set('file', 'posted')
  const answer = await fetch(`${endpoint}/${Bucket}`, { method: 'POST', body: form })
  expect([answer.status, await answer.text()]).toEqual([204, ''])
  const { Body } = await stranger.send(
    new GetObjectCommand({ Bucket, Key: 'form', ExpectedBucketOwner: strangersAccount }),
  )
  expect(await Body?.transformToString()).toBe('posted')
})

test('where requesters pay, strangers have to say that they know', async () => {
  const { s3, stranger, endpoint } = await startS3()
  const Bucket = 'paid'
  await s3.send(new CreateBucketCommand({ Bucket }))
  await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ACL: 'public-read' }))
  const get = (input: object = {}) => stranger.send(new GetObjectCommand({ Bucket, Key: 'k', ...input }))
  expect((await get()).RequestCharged).toBeUndefined()
  const RequestPaymentConfiguration = { Payer: 'Requester' } as const
  await s3.send(new PutBucketRequestPaymentCommand({ Bucket, RequestPaymentConfiguration }))
  await expect(get()).rejects.toMatchObject({ name: 'AccessDenied' })
  expect(await get({ RequestPayer: 'requester' })).toMatchObject({
    ContentLength: 1,
    RequestCharged: 'requester',
  })
  expect((await s3.send(new GetObjectCommand({ Bucket, Key: 'k' }))).RequestCharged).toBeUndefined()
  expect((await fetch(`${endpoint}/${Bucket}/k`)).status).toBe(403)
})

test('who may set no public ACL is told which setting stands against it', async () => {
  const { s3 } = await startS3()
  const Bucket = 'blocked'
  await s3.send(new CreateBucketCommand({ Bucket }))
  const PublicAccessBlockConfiguration = { BlockPublicAcls: true }
  await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }))
  const refused = (action: string, resource: string) => ({
    name: 'AccessDenied',
    message: `User: arn:aws:iam::000000000000:root is not authorized to perform: s3:${action} on resource: "arn:aws:s3:::${resource}" because public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access.`,
  })
  const ACL = 'public-read'
  await expect(s3.send(new PutBucketAclCommand({ Bucket, ACL }))).rejects.toMatchObject(
    refused('PutBucketAcl', Bucket),
  )
  await expect(s3.send(new PutObjectCommand({ Bucket, Key: 'k', ACL }))).rejects.toMatchObject(
    refused('PutObject', `${Bucket}/k`),
  )
})
