import type { ReplicationConfiguration, ReplicationRule } from '@aws-sdk/client-s3'
import { findBucket } from '../buckets/bucket.ts'
import type { BucketRecord } from '../buckets/bucket-record.ts'
import { configuration } from '../buckets/configuration.ts'
import type { Change } from '../change.ts'
import type { ObjectRecord } from '../objects/object-record.ts'
import { findVersion, rewrite } from '../objects/versions.ts'
import { bucketOfArn, rulesFor } from './replication-rules.ts'

/**
 * Rewrites a version's tags, ACL or lock, and those of its copies: replication keeps them equal. What changes on a copy goes
 * back to where it came from only where the copy's own bucket has a rule with replica modification sync.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-for-metadata-changes.html
 */
export function revise(change: Change, bucket: BucketRecord, key: string, record: ObjectRecord): void {
  const { writer } = change
  rewrite(change, bucket.name, key, record)
  const rules = bucket.replicates
    ? configuration<ReplicationConfiguration>(writer, bucket.name, 'replication')
    : undefined
  if (rules === undefined || record.replication === undefined) return
  for (const rule of rulesFor(rules, key, record.tags)) {
    if (record.replication === 'REPLICA' && !syncsCopies(rule)) continue
    const destination = findBucket(writer, bucketOfArn(rule.Destination?.Bucket))
    const copy = destination && findVersion(writer, destination.name, key, record.version)
    if (destination === undefined || copy?.replication === undefined) continue
    const { tags: _tags, grants, retention: _retention, legalHold: _legalHold, ...rest } = copy
    const kept = rule.Destination?.AccessControlTranslation === undefined ? record.grants : grants
    rewrite(change, destination.name, key, {
      ...rest,
      ...(record.tags !== undefined && { tags: record.tags }),
      ...(kept !== undefined && { grants: kept }),
      ...(record.retention !== undefined && { retention: record.retention }),
      ...(record.legalHold !== undefined && { legalHold: record.legalHold }),
    })
  }
}

function syncsCopies({ SourceSelectionCriteria }: ReplicationRule): boolean {
  return SourceSelectionCriteria?.ReplicaModifications?.Status === 'Enabled'
}
