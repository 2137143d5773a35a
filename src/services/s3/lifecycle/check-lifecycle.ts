import type { LifecycleRule, LifecycleRuleFilter } from '@aws-sdk/client-s3'
import { oneOf } from '../buckets/configure.ts'
import { invalidArgument, invalidRequest, malformedXml } from '../errors.ts'

/** Refuses lifecycle rules that S3 refuses. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html */
export function checkLifecycle(rules: readonly LifecycleRule[] | undefined): readonly LifecycleRule[] {
  if (rules === undefined || rules.length === 0 || rules.length > 1000) throw malformedXml()
  const ids = new Set<string>()
  for (const rule of rules) {
    checkRule(rule)
    if (rule.ID === undefined || rule.ID === '') continue
    if (rule.ID.length > 255)
      throw invalidArgument('ID length should not exceed allowed limit of 255', 'ID', rule.ID)
    if (ids.has(rule.ID))
      throw invalidArgument('Rule ID must be unique. Found same ID for more than one rule', 'ID', rule.ID)
    ids.add(rule.ID)
  }
  return rules
}

function checkRule(rule: LifecycleRule): void {
  oneOf(rule.Status, ['Enabled', 'Disabled'])
  const {
    Expiration,
    Transitions = [],
    NoncurrentVersionExpiration,
    NoncurrentVersionTransitions = [],
  } = rule
  const { AbortIncompleteMultipartUpload, Prefix, Filter } = rule
  if ((Prefix === undefined) === (Filter === undefined)) throw malformedXml()
  const tagged = checkFilter(Filter)
  if (
    [Expiration, NoncurrentVersionExpiration, AbortIncompleteMultipartUpload].every(
      part => part === undefined,
    ) &&
    Transitions.length + NoncurrentVersionTransitions.length === 0
  )
    throw invalidRequest('At least one action needs to be specified in a rule')
  if (Expiration !== undefined) {
    const { Days, Date: date, ExpiredObjectDeleteMarker } = Expiration
    if ([Days, date, ExpiredObjectDeleteMarker].filter(part => part !== undefined).length !== 1)
      throw malformedXml()
    if (ExpiredObjectDeleteMarker !== undefined && tagged)
      throw invalidRequest('ExpiredObjectDeleteMarker cannot be specified with Tags.')
    checkTime({ Days, Date: date }, 'Expiration', 1)
  }
  for (const transition of Transitions) {
    if ((transition.Days === undefined) === (transition.Date === undefined)) throw malformedXml()
    checkTime(transition, 'Transition', 0)
    const { Days } = Expiration ?? {}
    if (Days !== undefined && transition.Days !== undefined && transition.Days >= Days)
      throw invalidArgument(
        `'Days' in the Expiration action for prefix '${Prefix ?? Filter?.Prefix ?? ''}' must be greater than 'Days' in the Transition action`,
        'Days',
        Days,
      )
  }
  const noncurrent = NoncurrentVersionExpiration?.NoncurrentDays
  if (NoncurrentVersionExpiration !== undefined && noncurrent === undefined) throw malformedXml()
  if (noncurrent !== undefined && noncurrent <= 0)
    throw invalidArgument(
      "'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer",
      'NoncurrentDays',
      noncurrent,
    )
  if (AbortIncompleteMultipartUpload !== undefined) {
    const { DaysAfterInitiation: days } = AbortIncompleteMultipartUpload
    if (tagged) throw invalidRequest('AbortIncompleteMultipartUpload cannot be specified with Tags.')
    if (days === undefined || days <= 0)
      throw invalidArgument(
        "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive integer",
        'DaysAfterInitiation',
        days ?? '',
      )
  }
}

function checkTime(
  { Days, Date: date }: { readonly Days?: number | undefined; readonly Date?: Date | undefined },
  action: string,
  least: number,
): void {
  if (Days !== undefined && Days < least)
    throw invalidArgument(
      `'Days' for ${action} action must be a ${least === 0 ? 'nonnegative' : 'positive'} integer`,
      'Days',
      Days,
    )
  if (date !== undefined && date.getTime() % 86_400_000 !== 0)
    throw invalidArgument("'Date' must be at midnight GMT", 'Date', date.toISOString())
}

/** Checks a filter; answers whether it looks at tags. */
function checkFilter(filter: LifecycleRuleFilter | undefined): boolean {
  const given = Object.values(filter ?? {}).filter(value => value !== undefined)
  if (given.length > 1) throw malformedXml()
  const and = Object.values(filter?.And ?? {}).filter(value => value !== undefined)
  const tags = filter?.And?.Tags ?? []
  if (filter?.And !== undefined && and.length + Math.max(0, tags.length - 1) < 2) throw malformedXml()
  if (new Set(tags.map(({ Key }) => Key)).size !== tags.length)
    throw invalidRequest('Duplicate Tag Keys are not allowed.')
  return filter?.Tag !== undefined || tags.length > 0
}
