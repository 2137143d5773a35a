import type { LifecycleRule } from '@aws-sdk/client-s3'
import { oneOf } from '../buckets/configure.ts'
import { invalidArgument, invalidRequest, malformedXml } from '../errors.ts'
import { checkFilter, checkGenerations } from './check-filter.ts'
import { checkTime } from './check-time.ts'
import { checkTransitions } from './check-transitions.ts'

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
  checkGenerations(rules)
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
  const { tagged, sized } = checkFilter(Filter)
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
    if (ExpiredObjectDeleteMarker !== undefined && sized)
      throw invalidRequest('ExpiredObjectDeleteMarker cannot be specified with Object Size.')
    checkTime({ Days, Date: date }, 'Expiration', 1)
  }
  checkTransitions(rule)
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
    if (sized) throw invalidRequest('AbortIncompleteMultipartUpload cannot be specified with Object Size.')
    if (days === undefined || days <= 0)
      throw invalidArgument(
        "'DaysAfterInitiation' for AbortIncompleteMultipartUpload action must be a positive integer",
        'DaysAfterInitiation',
        days ?? '',
      )
  }
}
