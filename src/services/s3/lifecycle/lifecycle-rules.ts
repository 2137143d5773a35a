import type { LifecycleRule, LifecycleRuleFilter } from '@aws-sdk/client-s3'

/** A rule as it is kept: as it was given, its dates as text. */
export type StoredRule = Omit<LifecycleRule, 'Expiration' | 'Transitions'> & {
  readonly Expiration?: Omit<NonNullable<LifecycleRule['Expiration']>, 'Date'> & { readonly Date?: string }
  readonly Transitions?: readonly (Omit<NonNullable<LifecycleRule['Transitions']>[number], 'Date'> & {
    readonly Date?: string
  })[]
}

/** A bucket's lifecycle configuration as it is kept. */
export interface StoredLifecycle {
  readonly Rules: readonly StoredRule[]
  readonly TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K' | 'varies_by_storage_class'
}

/** What of an object a rule looks at. */
export interface RuledObject {
  readonly key: string
  readonly size: number
  readonly tags?: readonly (readonly [key: string, value: string])[] | undefined
}

const day = 86_400_000

/** The midnight in UTC that follows `days` after a time. https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html */
export function midnightAfter(time: number, days: number): number {
  return Math.ceil((time + days * day) / day) * day
}

/** The prefix of a rule, old style or new. */
export function prefixOf({ Prefix, Filter }: Pick<StoredRule, 'Prefix' | 'Filter'>): string {
  return Filter?.Prefix ?? Filter?.And?.Prefix ?? Prefix ?? ''
}

/** Whether a rule is for an object. */
export function appliesTo(rule: StoredRule, object: RuledObject): boolean {
  return object.key.startsWith(prefixOf(rule)) && filterMatches(rule.Filter, object)
}

function filterMatches(filter: LifecycleRuleFilter | undefined, { size, tags = [] }: RuledObject): boolean {
  if (filter === undefined) return true
  const { Tag, ObjectSizeGreaterThan, ObjectSizeLessThan, And } = filter
  const wanted = [...(Tag === undefined ? [] : [Tag]), ...(And?.Tags ?? [])]
  const above = ObjectSizeGreaterThan ?? And?.ObjectSizeGreaterThan ?? -1
  const below = ObjectSizeLessThan ?? And?.ObjectSizeLessThan ?? Number.POSITIVE_INFINITY
  return (
    size > above &&
    size < below &&
    wanted.every(({ Key, Value }) => tags.some(([key, value]) => key === Key && value === Value))
  )
}

/** When an object goes away, and by which rule: the earliest of all that are for it. */
export function expiryOf(
  { Rules }: StoredLifecycle,
  object: RuledObject,
  modified: number,
): { readonly at: number; readonly rule: StoredRule } | undefined {
  let first: { at: number; rule: StoredRule } | undefined
  for (const rule of Rules) {
    const { Days, Date: date } = rule.Expiration ?? {}
    if (rule.Status !== 'Enabled' || (Days === undefined && date === undefined) || !appliesTo(rule, object))
      continue
    const at = date === undefined ? midnightAfter(modified, Days ?? 0) : new Date(date).getTime()
    if (first === undefined || at < first.at) first = { at, rule }
  }
  return first
}

/** The header `x-amz-expiration` of answers about an object. */
export function expirationHeader(
  lifecycle: StoredLifecycle | undefined,
  object: RuledObject,
  modified: number,
): string | undefined {
  const expiry = lifecycle === undefined ? undefined : expiryOf(lifecycle, object, modified)
  if (expiry === undefined) return undefined
  const rule = encodeURIComponent(expiry.rule.ID ?? '')
  return `expiry-date="${new Date(expiry.at).toUTCString()}", rule-id="${rule}"`
}
