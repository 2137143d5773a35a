import type { ReplicationConfiguration, ReplicationRule } from '@aws-sdk/client-s3'

/** The name in a bucket's ARN. */
export function bucketOfArn(arn: string | undefined): string {
  return (arn ?? '').replace(/^arn:aws[\w-]*:s3:::/, '')
}

/** The rules that copy an object, one for each destination: of several the one with the highest priority. */
export function rulesFor(
  { Rules }: ReplicationConfiguration,
  key: string,
  tags: readonly (readonly [key: string, value: string])[] = [],
): readonly ReplicationRule[] {
  const byDestination = new Map<string, ReplicationRule>()
  for (const rule of Rules ?? []) {
    if (rule.Status !== 'Enabled' || !matches(rule, key, tags)) continue
    const destination = bucketOfArn(rule.Destination?.Bucket)
    const other = byDestination.get(destination)
    if (other === undefined || (rule.Priority ?? 0) > (other.Priority ?? 0))
      byDestination.set(destination, rule)
  }
  return [...byDestination.values()]
}

function matches(
  { Filter, Prefix }: ReplicationRule,
  key: string,
  tags: readonly (readonly [key: string, value: string])[],
): boolean {
  const prefix = Filter?.Prefix ?? Filter?.And?.Prefix ?? Prefix ?? ''
  const wanted = [...(Filter?.Tag === undefined ? [] : [Filter.Tag]), ...(Filter?.And?.Tags ?? [])]
  return (
    key.startsWith(prefix) &&
    wanted.every(({ Key, Value }) => tags.some(([name, value]) => name === Key && value === Value))
  )
}
