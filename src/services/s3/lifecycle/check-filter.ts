import type { LifecycleRule, LifecycleRuleFilter } from '@aws-sdk/client-s3'
import { invalidRequest, malformedXml } from '../errors.ts'

/** What a rule looks at besides an object's key. */
export interface FilterFacts {
  readonly tagged: boolean
  readonly sized: boolean
}

const largest = 1_099_511_627_776_000

/**
 * Refuses filters that S3 refuses. Texts recorded, or quoted of S3: hashicorp/terraform-provider-aws#41521 (limits of
 * sizes), #23228 and #23299 (the two generations of rules).
 */
export function checkFilter(filter: LifecycleRuleFilter | undefined): FilterFacts {
  const given = Object.values(filter ?? {}).filter(value => value !== undefined)
  if (given.length > 1) throw malformedXml()
  const and = Object.values(filter?.And ?? {}).filter(value => value !== undefined)
  const tags = filter?.And?.Tags ?? []
  if (filter?.And !== undefined && and.length + Math.max(0, tags.length - 1) < 2) throw malformedXml()
  if (new Set(tags.map(({ Key }) => Key)).size !== tags.length)
    throw invalidRequest('Duplicate Tag Keys are not allowed.')
  const { ObjectSizeGreaterThan: over, ObjectSizeLessThan: under } = filter?.And ?? filter ?? {}
  if (over !== undefined && (over < 0 || over > largest))
    throw invalidRequest(`'ObjectSizeGreaterThan' should be between 0 and ${largest}.`)
  if (under !== undefined && (under < 1 || under > largest))
    throw invalidRequest(`'ObjectSizeLessThan' should be between 1 and ${largest}.`)
  if (over !== undefined && under !== undefined && under <= over)
    throw invalidRequest("'ObjectSizeLessThan' has to be a value greater than 'ObjectSizeGreaterThan'.")
  return {
    tagged: filter?.Tag !== undefined || tags.length > 0,
    sized: over !== undefined || under !== undefined,
  }
}

/** Rules with a prefix of their own and rules with a filter do not go together, and the first have no newer elements. */
export function checkGenerations(rules: readonly LifecycleRule[]): void {
  const old = rules[0]?.Filter === undefined
  for (const { Filter, NoncurrentVersionExpiration, NoncurrentVersionTransitions = [] } of rules) {
    if (old && Filter !== undefined) throw invalidRequest('Filter element can only be used in Lifecycle V2.')
    if (!old && Filter === undefined)
      throw invalidRequest(
        'Base level prefix cannot be used in Lifecycle V2, prefixes are only supported in the Filter.',
      )
    const kept = [NoncurrentVersionExpiration, ...NoncurrentVersionTransitions].some(
      action => action?.NewerNoncurrentVersions !== undefined,
    )
    if (old && kept) throw invalidRequest('NewerNoncurrentVersions element can only be used in Lifecycle V2.')
  }
}
