import type { PutBucketReplicationRequest } from '@aws-sdk/client-s3'
import { findBucket } from '../buckets/bucket.ts'
import { buckets } from '../buckets/bucket-record.ts'
import { oneOf, required, writeConfiguration } from '../buckets/configure.ts'
import { newRuleId } from '../buckets/rule-id.ts'
import { invalidRequest, malformedXml } from '../errors.ts'
import { bucketOfArn } from '../replication/replication-rules.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html */
export const PutBucketReplication: Operation<PutBucketReplicationRequest, object> = async (
  context,
  input,
) => {
  const { Role, Rules } = required(input.ReplicationConfiguration)
  if (!Role || Rules === undefined || Rules.length === 0 || Rules.length > 1000) throw malformedXml()
  for (const { Status, Destination } of Rules) {
    oneOf(Status, ['Enabled', 'Disabled'])
    required(required(Destination).Bucket)
  }
  await writeConfiguration(context, input, 'replication', (bucket, writer) => {
    if (bucket.versioning !== 'Enabled')
      throw invalidRequest("Versioning must be 'Enabled' on the bucket to apply a replication configuration")
    for (const { Destination } of Rules) {
      // A bucket that does not exist is told in the same words (recorded).
      if (findBucket(writer, bucketOfArn(Destination?.Bucket))?.versioning !== 'Enabled')
        throw invalidRequest('Destination bucket must have versioning enabled.')
    }
    buckets.put(writer, { ...bucket, replicates: true }, bucket.name)
    return { Role, Rules: Rules.map(rule => ({ ...rule, ID: rule.ID || newRuleId(context) })) }
  })
  return {}
}
