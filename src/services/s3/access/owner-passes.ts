import type { Principal } from '../../../aws/index.ts'
import type { Reader } from '../../../stores/index.ts'
import type { BucketRecord } from '../buckets/bucket-record.ts'
import { configuration } from '../buckets/configuration.ts'
import { hasDeny } from './resource-policy.ts'

/** Whether a caller is a bucket's owner whom its policy forbids nothing. */
export function ownerPasses(reader: Reader, principal: Principal, bucket: BucketRecord): boolean {
  if (principal.kind !== 'root' || principal.account !== bucket.account) return false
  const policy = configuration<string>(reader, bucket.name, 'policy')
  return policy === undefined || !hasDeny(policy)
}
