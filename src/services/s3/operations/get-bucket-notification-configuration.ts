import type { GetBucketNotificationConfigurationRequest, NotificationConfiguration } from '@aws-sdk/client-s3'
import { readConfiguration } from '../buckets/configure.ts'
import { type StoredNotifications, shownNotifications } from '../notification/notification-configuration.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html */
export const GetBucketNotificationConfiguration: Operation<
  GetBucketNotificationConfigurationRequest,
  NotificationConfiguration
> = async (context, input) => {
  const stored = await readConfiguration<StoredNotifications>(context, input, 'notification')
  return stored === undefined ? {} : shownNotifications(stored)
}
