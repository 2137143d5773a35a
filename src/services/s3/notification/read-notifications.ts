import type { NotificationConfiguration, NotificationConfigurationFilter } from '@aws-sdk/client-s3'
import { invalidArgument, malformedXml } from '../errors.ts'
import { isEventType, typesOverlap } from './event-types.ts'
import {
  destinationShapes,
  type NotificationEntry,
  type StoredNotifications,
} from './notification-configuration.ts'

interface GivenEntry {
  readonly Id?: string
  readonly Events?: readonly string[]
  readonly Filter?: NotificationConfigurationFilter
}

/**
 * Checks a notification configuration as S3 does before it looks at the destinations.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html
 */
export function readNotifications(
  given: NotificationConfiguration,
  newId: () => string,
): StoredNotifications {
  const entries = destinationShapes.flatMap(shape => {
    const list = (given[shape.list] ?? []) as readonly object[] as readonly (GivenEntry &
      Readonly<Record<string, unknown>>)[]
    return list.map((entry): NotificationEntry => {
      const arn = String(entry[shape.arn] ?? '')
      const parts = arn.split(':')
      if (parts.length < 6 || parts[0] !== 'arn' || parts[2] !== shape.service)
        throw invalidArgument('The ARN could not be parsed', shape.argument, arn)
      const { Id, Events = [], Filter } = entry
      if (Events.length === 0) throw malformedXml()
      for (const event of Events)
        if (!isEventType(event))
          throw invalidArgument('The event is not supported for notifications', 'Event', event)
      return { id: Id || newId(), kind: shape.kind, arn, events: Events, ...readFilter(Filter) }
    })
  })
  checkIds(entries)
  checkOverlap(entries)
  return { entries, eventBridge: given.EventBridgeConfiguration !== undefined }
}

/** Names of filter rules are read in any case; each may stand once. */
function readFilter(
  filter: NotificationConfigurationFilter | undefined,
): Pick<NotificationEntry, 'prefix' | 'suffix'> {
  const found: { prefix?: string; suffix?: string } = {}
  for (const { Name, Value } of filter?.Key?.FilterRules ?? []) {
    const name = Name?.toLowerCase()
    if (name !== 'prefix' && name !== 'suffix')
      throw invalidArgument('filter rule name must be either prefix or suffix', 'FilterRule.Name', Name ?? '')
    if (found[name] !== undefined)
      throw invalidArgument(
        `Cannot specify more than one ${name} rule in a filter.`,
        'FilterRule.Name',
        name === 'prefix' ? 'Prefix' : 'Suffix',
      )
    if (Buffer.byteLength(Value ?? '') > 1024)
      throw invalidArgument(
        'filter rule value cannot be larger than 1024 characters',
        'FilterRule.Value',
        Value ?? '',
      )
    found[name] = Value ?? ''
  }
  return found
}

function checkIds(entries: readonly NotificationEntry[]): void {
  const seen = new Set<string>()
  for (const { id } of entries) {
    if (id.length > 255) throw invalidArgument('Id should not exceed 255 characters', 'Id', id)
    if (seen.has(id))
      throw invalidArgument('Same ID used for multiple configurations. IDs must be unique', 'Id', id)
    seen.add(id)
  }
}

/**
 * No key may lead to two notifications of one event. Both texts stand in reports of what S3 answered:
 * https://github.com/minio/minio/issues/2472, https://github.com/awslabs/cdk-serverless-clamscan/issues/612
 */
function checkOverlap(entries: readonly NotificationEntry[]): void {
  for (const [index, one] of entries.entries()) {
    for (const other of entries.slice(index + 1)) {
      const pair = sharedEvent(one, other)
      if (pair === undefined) continue
      if (!isFiltered(one) && !isFiltered(other))
        throw invalidArgument(
          'Configurations overlap. Configurations on the same bucket cannot share a common event type.',
          'Event',
          pair.join(', '),
        )
      const { prefix = '', suffix = '' } = one
      const { prefix: otherPrefix = '', suffix: otherSuffix = '' } = other
      const prefixes = prefix.startsWith(otherPrefix) || otherPrefix.startsWith(prefix)
      const suffixes = suffix.endsWith(otherSuffix) || otherSuffix.endsWith(suffix)
      if (prefixes && suffixes)
        throw invalidArgument(
          'Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type.',
        )
    }
  }
}

function isFiltered({ prefix = '', suffix = '' }: NotificationEntry): boolean {
  return prefix !== '' || suffix !== ''
}

function sharedEvent(
  one: NotificationEntry,
  other: NotificationEntry,
): readonly [string, string] | undefined {
  for (const event of one.events)
    for (const second of other.events) if (typesOverlap(event, second)) return [event, second]
  return undefined
}
