import {
  CreateBucketCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutObjectRetentionCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { startS3, strangersAccount } from './support.ts'

const Bucket = 'locked'
const day = 24 * 60 * 60 * 1000

test('to pass over a retention in governance mode needs a permission of its own', async () => {
  const { s3, stranger, clock } = await startS3()
  await s3.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }))
  await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'k' }))
  const allowing = (...actions: string[]) =>
    new PutBucketPolicyCommand({
      Bucket,
      Policy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${strangersAccount}:root` },
            Action: actions,
            Resource: `arn:aws:s3:::${Bucket}/*`,
          },
        ],
      }),
    })
  const until = (days: number, BypassGovernanceRetention?: boolean) =>
    new PutObjectRetentionCommand({
      Bucket,
      Key: 'k',
      Retention: { Mode: 'GOVERNANCE', RetainUntilDate: new Date(clock.now() + days * day) },
      BypassGovernanceRetention,
    })
  await s3.send(allowing('s3:PutObjectRetention'))
  await stranger.send(until(2))
  await expect(stranger.send(until(1, true))).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining('s3:BypassGovernanceRetention'),
  })
  await s3.send(allowing('s3:PutObjectRetention', 's3:BypassGovernanceRetention'))
  await stranger.send(until(1, true))
})
