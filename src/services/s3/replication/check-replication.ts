import type { ReplicationRule } from '@aws-sdk/client-s3'
import { oneOf, required } from '../buckets/configure.ts'
import { invalidRequest, malformedXml } from '../errors.ts'
import { bucketOfArn } from './replication-rules.ts'

const guide = 'Please refer to S3 Developer Guide for more information.'
const missing = (element: string) =>
  invalidRequest(
    `${element} must be specified for this version of Cross Region Replication configuration schema. ${guide}`,
  )

/**
 * Refuses replication rules that S3 refuses. Texts as users of Terraform and of the CLI quote them, the one of priorities
 * from tests of OpenStack Swift's S3 API, which repeats S3's; that of a bucket that copies to itself is assumed.
 */
export function checkReplication(
  rules: readonly ReplicationRule[] | undefined,
  bucket: string,
): readonly ReplicationRule[] {
  if (rules === undefined || rules.length === 0 || rules.length > 1000) throw malformedXml()
  const priorities = new Set<number>()
  for (const { Status, Destination, Filter, Priority, DeleteMarkerReplication } of rules) {
    oneOf(Status, ['Enabled', 'Disabled'])
    if (bucketOfArn(required(required(Destination).Bucket)) === bucket)
      throw invalidRequest('Destination bucket cannot be the same as the source bucket.')
    // Rules without a filter are of the first schema, which had neither.
    if (Filter === undefined) continue
    if (Priority === undefined) throw missing('Priority')
    if (priorities.has(Priority)) throw invalidRequest(`Found duplicate priority ${Priority}.`)
    priorities.add(Priority)
    if (DeleteMarkerReplication === undefined) throw missing('DeleteMarkerReplication')
    const tagged = Filter.Tag !== undefined || (Filter.And?.Tags ?? []).length > 0
    if (tagged && DeleteMarkerReplication.Status === 'Enabled')
      throw invalidRequest(
        `Delete marker replication is not supported if any Tag filter is specified. ${guide}`,
      )
  }
  return rules
}
