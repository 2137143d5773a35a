import type { DeleteObjectsCommandInput, ObjectIdentifier } from '@aws-sdk/client-s3'
import { AwsError } from '../../../aws/index.ts'
import type { S3Context } from '../state.ts'
import { deletionAccess } from './deletion-access.ts'

/** What the policies refuse of a deletion of several objects, by position. */
export async function refusedDeletions(
  context: S3Context,
  { Bucket, BypassGovernanceRetention: bypass }: DeleteObjectsCommandInput,
  objects: readonly ObjectIdentifier[],
): Promise<ReadonlyMap<number, AwsError>> {
  const refused = new Map<number, AwsError>()
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
