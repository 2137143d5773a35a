import type { AccessRequest } from '../../../aws/index.ts'
import type { S3Context } from '../state.ts'
import { requestAccess, type Wanted } from './request-access.ts'

/** What the deletion of one object or version needs. https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export async function deletionAccess(
  context: Pick<S3Context, 'state' | 'principal'>,
  {
    bypass,
    ...wanted
  }: Pick<Wanted, 'bucket' | 'key' | 'version'> & { readonly bypass: boolean | undefined },
): Promise<readonly AccessRequest[]> {
  const action = wanted.version === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion'
  return [
    await requestAccess(context, { ...wanted, action }),
    ...(bypass ? [await requestAccess(context, { ...wanted, action: 's3:BypassGovernanceRetention' })] : []),
  ]
}
