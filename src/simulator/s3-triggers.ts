import { hostId } from '../aws/index.ts'
import type { Config } from '../config/index.ts'
import type { Activity, Clock, Functions, Ids, Journal, Logger } from '../ports/index.ts'
import { notificationsOf, outboxAfter, type S3Event, s3Outbox, sequencer } from '../services/index.ts'
import type { Store } from '../stores/index.ts'
import {
  createS3Notifications,
  type NotificationTarget,
  type NotifiedEvent,
  type S3Notifications,
  type S3Outbox,
} from '../triggers/index.ts'
import type { Claims } from './claims.ts'

/** The project's S3 triggers by bucket. */
export type BucketTriggers = ReadonlyMap<string, readonly NotificationTarget[]>

/** Reads the triggers that the configuration has for buckets. */
export function bucketTriggers({ triggers }: Pick<Config, 'triggers'>): BucketTriggers {
  const byBucket = new Map<string, NotificationTarget[]>()
  for (const [index, trigger] of triggers.entries()) {
    if (!('bucket' in trigger)) continue
    const { bucket, events, prefix, suffix } = trigger
    const target = {
      id: `triggers[${index}]`,
      kind: 'function',
      destination: trigger.function,
      events,
      prefix,
      suffix,
    } as const
    byBucket.set(bucket, [...(byBucket.get(bucket) ?? []), target])
  }
  return byBucket
}

/** What S3's notifications are wired from. */
export interface S3TriggerParts {
  readonly config: Pick<Config, 'chaos' | 's3' | 'account' | 'region'>
  readonly triggers: BucketTriggers
  readonly store: Store
  readonly functions: Functions
  readonly activity: Activity
  readonly clock: Clock
  readonly ids: Ids
  readonly journal: Journal
  readonly log: Logger
  /** Where others use the store too. */
  readonly claims: Claims | undefined
}

/** Brings what lies in S3's outbox to functions. */
export function wireS3Triggers({
  config,
  triggers,
  store,
  claims,
  ...parts
}: S3TriggerParts): S3Notifications {
  return createS3Notifications({
    ...parts,
    outbox: outboxOf(store, config),
    triggers: bucket => triggers.get(bucket) ?? [],
    eventVersion: config.s3.eventVersion,
    chaos: config.chaos,
    ...(claims !== undefined && { claim: () => claims.take('s3 notifications') }),
  })
}

function outboxOf(store: Store, { account, region }: Pick<Config, 'account' | 'region'>): S3Outbox {
  return {
    waiting: async (after, limit) =>
      await store.read(reader => {
        const found: (readonly [number, NotifiedEvent])[] = []
        for (const [number, event] of outboxAfter(reader, after)) {
          found.push([number, notified(event)])
          if (found.length === limit) break
        }
        return found
      }),
    remove: numbers =>
      store.transaction(writer => {
        for (const number of numbers) s3Outbox.remove(writer, number)
      }),
    targets: async bucket =>
      await store.read(reader => {
        const stored = notificationsOf(reader, bucket)
        if (stored === undefined) return []
        const targets: NotificationTarget[] = stored.entries.map(({ arn, ...entry }) => ({
          ...entry,
          destination: arn,
          asksPolicy: true,
        }))
        const bus = `arn:aws:events:${region}:${account}:event-bus/default`
        if (stored.eventBridge)
          targets.push({ id: 'EventBridge', kind: 'event-bus', destination: bus, events: ['*'] })
        return targets
      }),
  }
}

function notified({ seq, ...event }: S3Event): NotifiedEvent {
  return {
    ...event,
    hostId: hostId(event.requestId),
    ...(seq !== undefined && { sequencer: sequencer(seq) }),
  }
}
