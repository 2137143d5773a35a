import { createHash } from 'node:crypto'
import { encodeNotificationKey } from './encode-key.ts'
import type { NotifiedEvent } from './notified-event.ts'

/** Event families that were introduced with the shape's version 2.3. */
const since23 = /^(?:ObjectTagging|ObjectAcl|Lifecycle|IntelligentTiering|ObjectRestore:Delete)/
const withoutSequencer = /^(?:ObjectTagging|ObjectAcl)/
const withSize =
  /^(?:ObjectCreated|Replication|ObjectRestore:(?:Post|Completed)|LifecycleTransition|IntelligentTiering)/
const withoutETag = /^(?:ObjectRemoved|LifecycleExpiration):Delete$/

/** Up to 2.3 each family of events kept the version that brought it; since 2.4 all have the same one. */
function versionOf(type: string, configured: string): string {
  const minor = Number(configured.split('.')[1])
  if (minor >= 4) return configured
  if (type.startsWith('Replication:')) return '2.2'
  return since23.test(type) ? '2.3' : '2.1'
}

/** The customer id of an account: `A` and thirteen characters, opaque on AWS too. */
function customerId(account: string): string {
  const digits = BigInt(`0x${createHash('sha256').update(`customer ${account}`).digest('hex')}`)
  return `A${digits.toString(36).toUpperCase().slice(0, 13)}`
}

/**
 * One event as AWS words it, members in AWS's order (recorded from AWS in 2025, see test/cases).
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export function notificationRecord(
  event: NotifiedEvent,
  configurationId: string,
  eventVersion: string,
): Readonly<Record<string, unknown>> {
  const { type, bucket, size, eTag, versionId, sequencer, restore, replication } = event
  // The end of a restoration is S3's own doing, for the customer; it alone says until when (recorded).
  const isRestored = type === 'ObjectRestore:Completed'
  const owner = customerId(event.bucketOwner)
  // Copies are S3's own doing, whoever wrote the object.
  const own = replication === undefined ? undefined : 's3.amazonaws.com'
  return {
    eventVersion: versionOf(type, eventVersion),
    eventSource: 'aws:s3',
    awsRegion: event.region,
    eventTime: new Date(event.time).toISOString(),
    eventName: type,
    userIdentity: { principalId: isRestored ? `AmazonCustomer:${owner}` : (own ?? event.principalId) },
    requestParameters: { sourceIPAddress: own ?? event.sourceIp },
    responseElements: { 'x-amz-request-id': event.requestId, 'x-amz-id-2': event.hostId },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId,
      bucket: {
        name: bucket,
        ownerIdentity: { principalId: owner },
        arn: `arn:aws:s3:::${bucket}`,
      },
      object: {
        key: encodeNotificationKey(event.key),
        ...(size !== undefined && withSize.test(type) && { size }),
        ...(eTag !== undefined && !withoutETag.test(type) && { eTag }),
        ...(versionId !== undefined && { versionId }),
        ...(sequencer !== undefined && !withoutSequencer.test(type) && { sequencer }),
      },
    },
    ...(isRestored &&
      restore !== undefined && {
        glacierEventData: {
          restoreEventData: {
            lifecycleRestorationExpiryTime: new Date(restore.until).toISOString(),
            lifecycleRestoreStorageClass: restore.storageClass,
          },
        },
      }),
    // As the guide's example has it. https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-metrics-events.html
    ...(replication !== undefined && {
      replicationEventData: {
        replicationRuleId: replication.rule,
        destinationBucket: replication.destination,
        s3Operation: 'OBJECT_PUT',
        requestTime: new Date(event.time).toISOString(),
        failureReason: replication.reason,
      },
    }),
  }
}
