import type {
  DeletedObject,
  _Error as DeleteError,
  DeleteObjectsCommandInput,
  DeleteObjectsCommandOutput,
  ObjectIdentifier,
} from '@aws-sdk/client-s3'
import { AwsError } from '../../../aws/index.ts'
import { deletionAccess } from '../access/deletion-access.ts'
import { ownerPasses } from '../access/owner-passes.ts'
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

/** What the policies refuse, by position. An owner whom the bucket's policy forbids nothing is not asked about each key. */
async function refusals(
  context: S3Context,
  { Bucket, BypassGovernanceRetention: bypass }: DeleteObjectsCommandInput,
  objects: readonly ObjectIdentifier[],
): Promise<ReadonlyMap<number, AwsError>> {
  const { state, principal } = context
  const refused = new Map<number, AwsError>()
  if (await state.store.read(reader => ownerPasses(reader, principal, requireBucket(reader, Bucket))))
    return refused
  for (const [index, { Key: key, VersionId: version }] of objects.entries()) {
    try {
      await context.authorize(await deletionAccess(context, { bucket: Bucket, key, version, bypass }))
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      refused.set(index, error)
    }
  }
  return refused
}
