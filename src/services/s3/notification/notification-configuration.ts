import type { NotificationConfiguration } from '@aws-sdk/client-s3'
import type { Reader } from '../../../stores/index.ts'
import { configuration } from '../buckets/configuration.ts'

/** One entry of a bucket's notification configuration. */
export interface NotificationEntry {
  readonly id: string
  readonly kind: 'function' | 'queue' | 'topic'
  readonly arn: string
  readonly events: readonly string[]
  readonly prefix?: string | undefined
  readonly suffix?: string | undefined
}

/** A bucket's notification configuration as it is kept. */
export interface StoredNotifications {
  readonly entries: readonly NotificationEntry[]
  readonly eventBridge: boolean
}

/** Where one kind of destination stands in the API. */
export interface DestinationShape {
  readonly kind: NotificationEntry['kind']
  readonly list: 'LambdaFunctionConfigurations' | 'QueueConfigurations' | 'TopicConfigurations'
  readonly arn: 'LambdaFunctionArn' | 'QueueArn' | 'TopicArn'
  /** What S3's errors call it (recorded). */
  readonly argument: 'CloudFunction' | 'Queue' | 'Topic'
  /** The service that its ARN names. */
  readonly service: 'lambda' | 'sqs' | 'sns'
}

export const destinationShapes: readonly DestinationShape[] = [
  {
    kind: 'topic',
    list: 'TopicConfigurations',
    arn: 'TopicArn',
    argument: 'Topic',
    service: 'sns',
  },
  {
    kind: 'queue',
    list: 'QueueConfigurations',
    arn: 'QueueArn',
    argument: 'Queue',
    service: 'sqs',
  },
  {
    kind: 'function',
    list: 'LambdaFunctionConfigurations',
    arn: 'LambdaFunctionArn',
    argument: 'CloudFunction',
    service: 'lambda',
  },
]

/** The configuration as GetBucketNotificationConfiguration shows it: filter names capitalised (recorded). */
export function shownNotifications({ entries, eventBridge }: StoredNotifications): NotificationConfiguration {
  const shown: Record<string, unknown> = {}
  for (const { kind, list, arn } of destinationShapes) {
    const own = entries.filter(entry => entry.kind === kind)
    if (own.length === 0) continue
    shown[list] = own.map(entry => ({
      Id: entry.id,
      [arn]: entry.arn,
      Events: entry.events,
      ...filterOf(entry),
    }))
  }
  if (eventBridge) shown['EventBridgeConfiguration'] = {}
  return shown as unknown as NotificationConfiguration
}

function filterOf({ prefix, suffix }: NotificationEntry): object {
  const rules = [
    ...(prefix === undefined ? [] : [{ Name: 'Prefix', Value: prefix }]),
    ...(suffix === undefined ? [] : [{ Name: 'Suffix', Value: suffix }]),
  ]
  return rules.length === 0 ? {} : { Filter: { Key: { FilterRules: rules } } }
}

/** A bucket's notification configuration; undefined where it has none. */
export function notificationsOf(reader: Reader, bucket: string): StoredNotifications | undefined {
  return configuration<StoredNotifications>(reader, bucket, 'notification')
}
