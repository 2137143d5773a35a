import type {
  DeletedObject,
  _Error as DeleteError,
  DeleteObjectsCommandInput,
  DeleteObjectsCommandOutput,
  ObjectIdentifier,
} from '@aws-sdk/client-s3'
import { AwsError } from '../../../aws/index.ts'
import { ownerPasses } from '../access/owner-passes.ts'
import { refusedDeletions } from '../access/refused-deletions.ts'
import { requireBucket } from '../buckets/bucket.ts'
import { change } from '../change.ts'
import { malformedXml, noSuchVersion } from '../errors.ts'
import { deleteObject } from '../objects/delete-object.ts'
import { checkKey } from '../objects/object-key.ts'
import type { Operation, S3Context } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export const DeleteObjects: Operation<
  DeleteObjectsCommandInput,
  Omit<DeleteObjectsCommandOutput, '$metadata'>
> = async (context, input) => {
  const objects = input.Delete?.Objects ?? []
  if (objects.length === 0 || objects.length > 1000) throw malformedXml()
  const refused = await refusals(context, input, objects)
  return await change(context, change => {
    const bucket = requireBucket(change.writer, input.Bucket, input.ExpectedBucketOwner)
    const deleted: DeletedObject[] = []
    const errors: DeleteError[] = []
    for (const [index, { Key, VersionId, ETag, LastModifiedTime, Size }] of objects.entries()) {
      try {
        const refusal = refused.get(index)
        if (refusal !== undefined) throw refusal
        const key = checkKey(Key)
        const done = deleteObject(context, change, bucket, {
          key,
          version: VersionId,
          isOneOfSeveral: true,
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
        const shown =
          error.code === 'InvalidArgument' && VersionId !== undefined
            ? noSuchVersion(Key ?? '', VersionId)
            : error
        errors.push({
          Key: Key ?? '',
          ...(VersionId === undefined ? {} : { VersionId }),
          Code: shown.code,
          Message: shown.message,
        })
      }
    }
    return {
      ...(input.Delete?.Quiet ? {} : { Deleted: deleted }),
      ...(errors.length === 0 ? {} : { Errors: errors }),
    }
  })
}

/** An owner whom the bucket's policy forbids nothing is not asked about each key. */
async function refusals(
  context: S3Context,
  input: DeleteObjectsCommandInput,
  objects: readonly ObjectIdentifier[],
): Promise<ReadonlyMap<number, AwsError>> {
  const { state, principal } = context
  const passes = await state.store.read(reader =>
    ownerPasses(reader, principal, requireBucket(reader, input.Bucket)),
  )
  return passes ? new Map() : await refusedDeletions(context, input, objects)
}
