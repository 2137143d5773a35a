import type {
  DeletedObject,
  _Error as DeleteError,
  DeleteObjectsCommandInput,
  DeleteObjectsCommandOutput,
} from '@aws-sdk/client-s3'
import { AwsError } from '../../../aws/index.ts'
import { requireBucket } from '../buckets/bucket.ts'
import { change } from '../change.ts'
import { malformedXml } from '../errors.ts'
import { deleteObject } from '../objects/delete-object.ts'
import { checkKey } from '../objects/object-key.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export const DeleteObjects: Operation<
  DeleteObjectsCommandInput,
  Omit<DeleteObjectsCommandOutput, '$metadata'>
> = async (context, input) => {
  const objects = input.Delete?.Objects ?? []
  if (objects.length === 0 || objects.length > 1000) throw malformedXml()
  return await change(context, change => {
    const bucket = requireBucket(change.writer, input.Bucket, input.ExpectedBucketOwner)
    const deleted: DeletedObject[] = []
    const errors: DeleteError[] = []
    for (const { Key, VersionId, ETag, LastModifiedTime, Size } of objects) {
      try {
        const key = checkKey(Key)
        const done = deleteObject(context, change, bucket, {
          key,
          version: VersionId,
          bypassGovernance: input.BypassGovernanceRetention,
          ifMatch: ETag,
          ifModified: LastModifiedTime,
          ifSize: Size,
        })
        deleted.push({
          Key: key,
          ...(VersionId === undefined ? {} : { VersionId }),
          ...(done.marker
            ? {
                DeleteMarker: true,
                ...(done.version === undefined ? {} : { DeleteMarkerVersionId: done.version }),
              }
            : {}),
        })
      } catch (error) {
        if (!(error instanceof AwsError)) throw error
        errors.push({
          Key: Key ?? '',
          ...(VersionId === undefined ? {} : { VersionId }),
          Code: error.code === 'InvalidArgument' && VersionId !== undefined ? 'NoSuchVersion' : error.code,
          Message: error.message,
        })
      }
    }
    return {
      ...(input.Delete?.Quiet ? {} : { Deleted: deleted }),
      ...(errors.length === 0 ? {} : { Errors: errors }),
    }
  })
}
