import type { DeleteObjectCommandInput, DeleteObjectCommandOutput } from '@aws-sdk/client-s3'
import { requireBucket } from '../buckets/bucket.ts'
import { change } from '../change.ts'
import { invalidArgument } from '../errors.ts'
import { deleteObject } from '../objects/delete-object.ts'
import { checkKey } from '../objects/object-key.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export const DeleteObject: Operation<
  DeleteObjectCommandInput,
  Omit<DeleteObjectCommandOutput, '$metadata'>
> = async (context, input) => {
  const key = checkKey(input.Key)
  return await change(context, change => {
    const bucket = requireBucket(change.writer, input.Bucket, input.ExpectedBucketOwner)
    if (input.BypassGovernanceRetention !== undefined && !bucket.objectLock)
      throw invalidArgument(
        'x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.',
        'x-amz-bypass-governance-retention',
      )
    const { marker, version } = deleteObject(context, change, bucket, {
      key,
      version: input.VersionId,
      bypassGovernance: input.BypassGovernanceRetention,
      ifMatch: input.IfMatch,
      ifModified: input.IfMatchLastModifiedTime,
      ifSize: input.IfMatchSize,
    })
    return {
      ...(marker ? { DeleteMarker: true } : {}),
      ...(version === undefined ? {} : { VersionId: version }),
    }
  })
}
