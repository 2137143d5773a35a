import type { RestoreObjectCommandInput } from '@aws-sdk/client-s3'
import { AwsError } from '../../../aws/index.ts'
import { change } from '../change.ts'
import { invalidArgument, invalidObjectState, malformedXml } from '../errors.ts'
import { remindOfRestored } from '../lifecycle/restored-copies.ts'
import { selectObject } from '../objects/select-object.ts'
import { isArchived } from '../objects/storage-class.ts'
import { rewrite } from '../objects/versions.ts'
import type { Operation } from '../state.ts'

const day = 86_400_000

/** Restores at once what takes hours elsewhere. https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html */
export const RestoreObject: Operation<RestoreObjectCommandInput, { Status: number }> = (context, input) =>
  change(context, change => {
    const { bucket, key, record } = selectObject(change.writer, input, 'POST')
    const { RestoreRequest: request } = input
    if (request === undefined) throw malformedXml()
    if (request.Type === 'SELECT')
      throw new AwsError(
        'NotImplemented',
        'S3 Select is not implemented here, and closed to new customers of AWS.',
        {
          statusCode: 501,
        },
      )
    if (!isArchived(record.storageClass)) throw invalidObjectState(record.storageClass ?? 'STANDARD')
    if (request.Days === undefined || request.Days < 1)
      throw invalidArgument('restoration days should be at least 1', 'Days', request.Days ?? '')
    // A restored copy goes at midnight after its days.
    const until = Math.ceil((context.now + request.Days * day) / day) * day
    rewrite(change, bucket.name, key, { ...record, restoredUntil: until })
    remindOfRestored(change, until, bucket.name, key, record.version)
    const about = {
      key,
      size: record.size,
      eTag: record.etag,
      reason: 'RestoreObject',
      restore: { until, storageClass: record.storageClass ?? 'GLACIER' },
      ...(record.version === 'null' ? {} : { versionId: record.version }),
    }
    change.tell(bucket, 'ObjectRestore:Post', { ...about, seq: change.sequence() })
    change.tell(bucket, 'ObjectRestore:Completed', { ...about, seq: change.sequence() })
    // Accepted; or, where a copy was there and lives longer now, done. Recorded.
    return { Status: (record.restoredUntil ?? 0) > context.now ? 200 : 202 }
  })
