import type {
  GetBucketAclCommandInput,
  GetBucketAclCommandOutput,
  PutBucketAclCommandInput,
} from '@aws-sdk/client-s3'
import { privateGrants } from '../acl/canned.ts'
import { ownerOf } from '../acl/canonical-id.ts'
import { checkPublicAcl } from '../acl/public-access.ts'
import { aclsNotSupported, requestedGrants, shownGrants } from '../acl/requested-grants.ts'
import { requireBucket } from '../buckets/bucket.ts'
import { buckets } from '../buckets/bucket-record.ts'
import { change } from '../change.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html */
export const GetBucketAcl: Operation<
  GetBucketAclCommandInput,
  Omit<GetBucketAclCommandOutput, '$metadata'>
> = ({ state }, input) =>
  state.store.read(reader => {
    const { account, grants } = requireBucket(reader, input.Bucket, input.ExpectedBucketOwner)
    return { Owner: ownerOf(account), Grants: shownGrants(grants ?? privateGrants(account)) }
  })

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html */
export const PutBucketAcl: Operation<PutBucketAclCommandInput, undefined> = async (context, input) => {
  await change(context, ({ writer }) => {
    const bucket = requireBucket(writer, input.Bucket, input.ExpectedBucketOwner)
    if (bucket.ownership === 'BucketOwnerEnforced') throw aclsNotSupported()
    const grants = requestedGrants(input, bucket.account, bucket.account)
    checkPublicAcl(writer, bucket, grants, { principal: context.principal, action: 'PutBucketAcl' })
    buckets.put(writer, { ...bucket, grants }, bucket.name)
  })
  return undefined
}
