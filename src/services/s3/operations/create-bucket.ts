import type { CreateBucketCommandInput, CreateBucketCommandOutput } from '@aws-sdk/client-s3'
import { checkEnforcedOwnership } from '../acl/enforced-ownership.ts'
import { headerGrants } from '../acl/requested-grants.ts'
import { checkBucketName } from '../buckets/bucket-name.ts'
import { type BucketRecord, buckets } from '../buckets/bucket-record.ts'
import { setConfiguration } from '../buckets/configuration.ts'
import { isRegion, locate } from '../buckets/location.ts'
import { change } from '../change.ts'
import { bucketAlreadyExists, bucketAlreadyOwnedByYou, invalidArgument } from '../errors.ts'
import type { Operation } from '../state.ts'
import { tagSet, tagsOf } from '../tags.ts'

const ownerships: ReadonlySet<string> = new Set([
  'BucketOwnerEnforced',
  'BucketOwnerPreferred',
  'ObjectWriter',
])

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
export const CreateBucket: Operation<
  CreateBucketCommandInput,
  Omit<CreateBucketCommandOutput, '$metadata'>
> = async (context, input) => {
  const { account, now } = context
  // s3cmd signs for the region `US`, which only ever meant the first one.
  const endpoint = isRegion(context.region) ? context.region : 'us-east-1'
  const name = input.Bucket ?? ''
  checkBucketName(name)
  const region = locate(input.CreateBucketConfiguration?.LocationConstraint, endpoint)
  const { ObjectOwnership: ownership } = input
  if (ownership !== undefined && !ownerships.has(ownership))
    throw invalidArgument(`Invalid x-amz-object-ownership header: ${ownership}`, 'x-amz-object-ownership')
  const tags = input.CreateBucketConfiguration?.Tags
  return await change(context, ({ writer }) => {
    const known = buckets.get(writer, name)
    if (known !== undefined && known.account !== account) throw bucketAlreadyExists(name)
    // us-east-1 alone answers the owner of its buckets 200, as it always did, unless tags come along (recorded).
    if (known !== undefined && (endpoint !== 'us-east-1' || known.region !== endpoint || region !== endpoint))
      throw bucketAlreadyOwnedByYou(name)
    if (known !== undefined && tags !== undefined && tags.length > 0) throw bucketAlreadyOwnedByYou(name)
    if (known === undefined) {
      const bucket: BucketRecord = { name, account, region, created: now }
      const eu = input.CreateBucketConfiguration?.LocationConstraint === 'EU'
      const grants = headerGrants(input, account, account)
      checkEnforcedOwnership(ownership, grants, account)
      buckets.put(
        writer,
        {
          ...bucket,
          ...(eu ? { eu } : {}),
          ...(ownership === undefined ? {} : { ownership }),
          ...(grants === undefined ? {} : { grants }),
          ...(input.ObjectLockEnabledForBucket ? { objectLock: true, versioning: 'Enabled' as const } : {}),
        },
        name,
      )
      if (tags !== undefined && tags.length > 0)
        setConfiguration(writer, name, 'tagging', tagSet(tagsOf(tags, 50, 'new bucket')))
    }
    return {
      Location: region === 'us-east-1' ? `/${name}` : `http://${name}.s3.amazonaws.com/`,
      BucketArn: `arn:aws:s3:::${name}`,
    }
  })
}
