import type { PutBucketNotificationConfigurationRequest } from '@aws-sdk/client-s3'
import { requireBucket } from '../buckets/bucket.ts'
import { buckets } from '../buckets/bucket-record.ts'
import { setConfiguration } from '../buckets/configuration.ts'
import { required } from '../buckets/configure.ts'
import { newRuleId } from '../buckets/rule-id.ts'
import { checkDestinations } from '../notification/check-destinations.ts'
import { readNotifications } from '../notification/read-notifications.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html */
export const PutBucketNotificationConfiguration: Operation<
  PutBucketNotificationConfigurationRequest,
  object
> = async (context, input) => {
  const { store } = context.state
  const { Bucket, ExpectedBucketOwner, SkipDestinationValidation } = input
  const bucket = await store.read(reader => requireBucket(reader, Bucket, ExpectedBucketOwner))
  const stored = readNotifications(required(input.NotificationConfiguration), () => newRuleId(context))
  if (SkipDestinationValidation !== true) await checkDestinations(context, bucket, stored)
  const notifies = stored.entries.length > 0 || stored.eventBridge
  await store.transaction(writer => {
    const bucket = requireBucket(writer, Bucket, ExpectedBucketOwner)
    setConfiguration(writer, bucket.name, 'notification', notifies ? stored : undefined)
    buckets.put(writer, { ...bucket, notifies: notifies || undefined }, bucket.name)
  })
  return {}
}
