import {
  CreateBucketCommand,
  DeleteObjectsCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { startS3, strangersAccount } from './support.ts'

const Bucket = 'shared'

test('DeleteObjects answers for each key what the policies say of it', async () => {
  const { s3, stranger } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket }))
  for (const Key of ['open/a', 'closed/b', 'open/c'])
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }))
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${strangersAccount}:root` },
        Action: 's3:DeleteObject',
        Resource: `arn:aws:s3:::${Bucket}/open/*`,
      },
    ],
  })
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))

  const Objects = [
    { Key: 'open/a' },
    { Key: 'closed/b' },
    { Key: 'open/c', VersionId: 'null' },
    { Key: 'open/none' },
  ]
  const { Deleted, Errors } = await stranger.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))
  const refusal = (action: string, key: string) =>
    `User: arn:aws:iam::${strangersAccount}:root is not authorized to perform: ${action} on resource: ` +
    `"arn:aws:s3:::${Bucket}/${key}" because no resource-based policy allows the ${action} action`
  expect(Deleted).toEqual([{ Key: 'open/a' }, { Key: 'open/none' }])
  expect(Errors).toEqual([
    { Key: 'closed/b', Code: 'AccessDenied', Message: refusal('s3:DeleteObject', 'closed/b') },
    {
      Key: 'open/c',
      VersionId: 'null',
      Code: 'AccessDenied',
      Message: refusal('s3:DeleteObjectVersion', 'open/c'),
    },
  ])
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }))
  expect(Contents.map(({ Key }) => Key)).toEqual(['closed/b', 'open/c'])

  const nobody = await stranger.send(
    new DeleteObjectsCommand({ Bucket, Delete: { Quiet: true, Objects: [{ Key: 'closed/b' }] } }),
  )
  expect(nobody.Errors?.map(({ Key, Code }) => [Key, Code])).toEqual([['closed/b', 'AccessDenied']])
})

test("what a bucket's policy forbids its owner stays forbidden when many keys are deleted at once", async () => {
  const { s3 } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket }))
  for (const Key of ['kept/a', 'b']) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }))
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:DeleteObject',
        Resource: `arn:aws:s3:::${Bucket}/kept/*`,
      },
    ],
  })
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))
  const { Deleted, Errors } = await s3.send(
    new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'kept/a' }, { Key: 'b' }] } }),
  )
  expect({ Deleted, Errors }).toEqual({
    Deleted: [{ Key: 'b' }],
    Errors: [
      {
        Key: 'kept/a',
        Code: 'AccessDenied',
        Message:
          'User: arn:aws:iam::000000000000:root is not authorized to perform: s3:DeleteObject on resource: ' +
          `"arn:aws:s3:::${Bucket}/kept/a" with an explicit deny in a resource-based policy`,
      },
    ],
  })
})
