import type { PutBucketReplicationRequest } from '@aws-sdk/client-s3'
import { findBucket } from '../buckets/bucket.ts'
import { buckets } from '../buckets/bucket-record.ts'
import { required, writeConfiguration } from '../buckets/configure.ts'
import { newRuleId } from '../buckets/rule-id.ts'
import { invalidRequest, malformedXml } from '../errors.ts'
import { checkReplication } from '../replication/check-replication.ts'
import { bucketOfArn } from '../replication/replication-rules.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html */
export const PutBucketReplication: Operation<PutBucketReplicationRequest, object> = async (
  context,
  input,
) => {
  const { Role, Rules } = required(input.ReplicationConfiguration)
  if (!Role) throw malformedXml()
  const rules = checkReplication(Rules, input.Bucket ?? '')
  await writeConfiguration(context, input, 'replication', (bucket, writer) => {
    if (bucket.versioning !== 'Enabled')
      throw invalidRequest("Versioning must be 'Enabled' on the bucket to apply a replication configuration")
    for (const { Destination } of rules) {
      // A bucket that does not exist is told in the same words (recorded).
      if (findBucket(writer, bucketOfArn(Destination?.Bucket))?.versioning !== 'Enabled')
        throw invalidRequest('Destination bucket must have versioning enabled.')
    }
    buckets.put(writer, { ...bucket, replicates: true }, bucket.name)
    return { Role, Rules: rules.map(rule => ({ ...rule, ID: rule.ID || newRuleId(context) })) }
  })
  return {}
}
