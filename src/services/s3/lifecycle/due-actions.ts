import type { Reader } from '../../../stores/index.ts'
import type { BucketRecord } from '../buckets/bucket-record.ts'
import { uploads } from '../multipart/upload-record.ts'
import { current, type ObjectRecord, olderVersions } from '../objects/object-record.ts'
import {
  appliesTo,
  expiryOf,
  midnightAfter,
  prefixOf,
  type RuledObject,
  type StoredLifecycle,
  type StoredRule,
} from './lifecycle-rules.ts'

/** Something that a lifecycle rule wants done to a version, or to an upload. */
export type LifecycleAction =
  | { readonly kind: 'expire' | 'remove'; readonly key: string; readonly seq: number }
  | { readonly kind: 'move'; readonly key: string; readonly seq: number; readonly to: string }
  | { readonly kind: 'abort'; readonly key: string; readonly upload: number }

/** The colder a class, the higher its place: objects are never moved back. https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
const coldness = [
  'STANDARD',
  'STANDARD_IA',
  'INTELLIGENT_TIERING',
  'ONEZONE_IA',
  'GLACIER_IR',
  'GLACIER',
  'DEEP_ARCHIVE',
]
const smallest = 128 * 1024

/** Everything that is due in a bucket at a time. */
export function* dueActions(
  reader: Reader,
  { name }: BucketRecord,
  lifecycle: StoredLifecycle,
  now: number,
): Iterable<LifecycleAction> {
  const rules = lifecycle.Rules.filter(({ Status }) => Status === 'Enabled')
  const prefixes = rules.map(prefixOf)
  for (const [[, keyPart], record] of current.under(reader, name)) {
    const key = String(keyPart)
    if (!prefixes.some(prefix => key.startsWith(prefix))) continue
    const older = [...olderVersions(reader, name, key)]
    const action = ofCurrent(lifecycle, rules, key, record, older.length, now)
    if (action !== undefined) yield action
    let since = record.modified
    for (const [index, version] of older.entries()) {
      const other = ofNoncurrent(lifecycle, rules, { key, version, index, since }, now)
      if (other !== undefined) yield other
      since = version.modified
    }
  }
  for (const [[, key, upload], record] of uploads.under(reader, name)) {
    const object = { key: String(key), size: 0 }
    const due = rules.some(rule => {
      const days = rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation
      return days !== undefined && appliesTo(rule, object) && midnightAfter(record.initiated, days) <= now
    })
    if (due) yield { kind: 'abort', key: object.key, upload: Number(upload) }
  }
}

function ofCurrent(
  lifecycle: StoredLifecycle,
  rules: readonly StoredRule[],
  key: string,
  record: ObjectRecord,
  older: number,
  now: number,
): LifecycleAction | undefined {
  const { seq, modified, size, tags } = record
  const object = { key, size, tags }
  if (record.marker) {
    // A delete marker with nothing behind it is removed by its rule, and by one that would have expired the object.
    const alone = older === 0
    const wanted = rules.some(
      rule =>
        key.startsWith(prefixOf(rule)) &&
        (rule.Expiration?.ExpiredObjectDeleteMarker === true ||
          (rule.Expiration?.Days !== undefined && midnightAfter(modified, rule.Expiration.Days) <= now)),
    )
    return alone && wanted ? { kind: 'remove', key, seq } : undefined
  }
  const expiry = expiryOf(lifecycle, object, modified)
  if (expiry !== undefined && expiry.at <= now) return { kind: 'expire', key, seq }
  const moves = rules.flatMap(rule =>
    appliesTo(rule, object)
      ? (rule.Transitions ?? []).map(({ Days, Date: date, StorageClass = '' }) => ({
          to: StorageClass,
          at: date === undefined ? midnightAfter(modified, Days ?? 0) : new Date(date).getTime(),
        }))
      : [],
  )
  return move(lifecycle, object, record, moves, now)
}

function ofNoncurrent(
  lifecycle: StoredLifecycle,
  rules: readonly StoredRule[],
  { key, version, index, since }: { key: string; version: ObjectRecord; index: number; since: number },
  now: number,
): LifecycleAction | undefined {
  const object = { key, size: version.size, tags: version.tags }
  const own = rules.filter(rule => appliesTo(rule, object))
  const expired = own.some(({ NoncurrentVersionExpiration: expiration }) => {
    const { NoncurrentDays: days, NewerNoncurrentVersions: kept = 0 } = expiration ?? {}
    return days !== undefined && index >= kept && midnightAfter(since, days) <= now
  })
  if (expired) return { kind: 'remove', key, seq: version.seq }
  if (version.marker) return undefined
  const moves = own.flatMap(({ NoncurrentVersionTransitions = [] }) =>
    NoncurrentVersionTransitions.filter(
      ({ NewerNoncurrentVersions = 0 }) => index >= NewerNoncurrentVersions,
    ).map(({ NoncurrentDays = 0, StorageClass = '' }) => ({
      to: StorageClass,
      at: midnightAfter(since, NoncurrentDays),
    })),
  )
  return move(lifecycle, object, version, moves, now)
}

function move(
  { TransitionDefaultMinimumObjectSize: minimum }: StoredLifecycle,
  { key, size }: RuledObject,
  { seq, storageClass = 'STANDARD' }: ObjectRecord,
  moves: readonly { readonly to: string; readonly at: number }[],
  now: number,
): LifecycleAction | undefined {
  let coldest = storageClass
  for (const { to, at } of moves) {
    const archive = to === 'GLACIER' || to === 'DEEP_ARCHIVE'
    const tooSmall = size < smallest && (minimum === 'all_storage_classes_128K' || !archive)
    if (at <= now && !tooSmall && coldness.indexOf(to) > coldness.indexOf(coldest)) coldest = to
  }
  return coldest === storageClass ? undefined : { kind: 'move', key, seq, to: coldest }
}
