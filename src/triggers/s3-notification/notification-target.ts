import { encodeNotificationKey } from './encode-key.ts'
import type { NotifiedEvent } from './notified-event.ts'

/** Who is told of which events: one entry of a bucket's notification configuration, or a trigger of the project. */
export interface NotificationTarget {
  /** `configurationId` of the record. */
  readonly id: string
  /** `s3:ObjectCreated:*` … */
  readonly events: readonly string[]
  readonly prefix?: string | undefined
  readonly suffix?: string | undefined
  readonly kind: 'function' | 'queue' | 'topic' | 'event-bus'
  /** An ARN; a function may also be named. */
  readonly destination: string
  /** The function's policy must let S3 in; not for the project's triggers, which are its deployment. */
  readonly asksPolicy?: boolean
}

/** Why a target is not told; undefined where it is. */
export function reasonAgainst(target: NotificationTarget, event: NotifiedEvent): string | undefined {
  if (!target.events.some(pattern => matchesType(pattern, event.type)))
    return `s3:${event.type} is none of ${target.events.join(', ')}`
  // AWS wants filters encoded; people write them as the key is.
  const spellings = [encodeNotificationKey(event.key), event.key]
  const { prefix = '', suffix = '' } = target
  if (!spellings.some(key => key.startsWith(prefix)))
    return `the key does not begin with ${JSON.stringify(prefix)}`
  if (!spellings.some(key => key.endsWith(suffix)))
    return `the key does not end with ${JSON.stringify(suffix)}`
  return undefined
}

/** `s3:ObjectCreated:*` stands for all of its family; `*` alone for everything (EventBridge). */
function matchesType(pattern: string, type: string): boolean {
  const name = pattern.replace(/^s3:/, '')
  return name.endsWith('*') ? type.startsWith(name.slice(0, -1)) : type === name
}
