import type {
  GetObjectAclCommandInput,
  GetObjectAclCommandOutput,
  PutObjectAclCommandInput,
} from '@aws-sdk/client-s3'
import { privateGrants } from '../acl/canned.ts'
import { ownerOf } from '../acl/canonical-id.ts'
import { checkPublicAcl } from '../acl/public-access.ts'
import { aclsNotSupported, requestedGrants, shownGrants } from '../acl/requested-grants.ts'
import { change } from '../change.ts'
import { selectLive, selectObject } from '../objects/select-object.ts'
import { revise } from '../replication/revise.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAcl.html */
export const GetObjectAcl: Operation<
  GetObjectAclCommandInput,
  Omit<GetObjectAclCommandOutput, '$metadata'>
> = ({ state }, input) =>
  state.store.read(reader => {
    const { record } = selectObject(reader, input)
    return { Owner: ownerOf(record.owner), Grants: shownGrants(record.grants ?? privateGrants(record.owner)) }
  })

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAcl.html */
export const PutObjectAcl: Operation<PutObjectAclCommandInput, object> = (context, input) =>
  change(context, change => {
    const { bucket, key, record } = selectLive(change.writer, input, 'PUT')
    if (bucket.ownership === 'BucketOwnerEnforced') throw aclsNotSupported()
    const grants = requestedGrants(input, record.owner, bucket.account)
    checkPublicAcl(change.writer, bucket, grants, {
      principal: context.principal,
      action: 'PutObjectAcl',
      key,
    })
    const before = JSON.stringify(record.grants ?? privateGrants(record.owner))
    revise(change, bucket, key, { ...record, grants })
    // What changes nothing is no event. https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html
    if (JSON.stringify(grants) !== before)
      change.tell(bucket, 'ObjectAcl:Put', {
        key,
        eTag: record.etag,
        reason: 'PutObjectAcl',
        ...(record.version === 'null' ? {} : { versionId: record.version }),
      })
    return {}
  })
