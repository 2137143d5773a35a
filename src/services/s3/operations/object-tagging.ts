import type {
  DeleteObjectTaggingCommandInput,
  GetObjectTaggingCommandInput,
  PutObjectTaggingCommandInput,
  Tag,
} from '@aws-sdk/client-s3'
import type { Reader } from '../../../stores/index.ts'
import { requireBucket } from '../buckets/bucket.ts'
import { change } from '../change.ts'
import { malformedXml, noSuchKey } from '../errors.ts'
import type { ObjectRecord } from '../objects/object-record.ts'
import { selectLive } from '../objects/select-object.ts'
import { newest, shownVersion } from '../objects/versions.ts'
import { revise } from '../replication/revise.ts'
import type { Operation, S3Context } from '../state.ts'
import { tagSet, tagsOf } from '../tags.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html */
export const GetObjectTagging: Operation<
  GetObjectTaggingCommandInput,
  { TagSet: Tag[]; VersionId?: string }
> = ({ state }, input) =>
  state.store.read(reader => {
    const { bucket, record } = taggedObject(reader, input, 'GET')
    const version = shownVersion(bucket, record)
    return { TagSet: tagSet(record.tags), ...(version === undefined ? {} : { VersionId: version }) }
  })

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html */
export const PutObjectTagging: Operation<PutObjectTaggingCommandInput, { VersionId?: string }> = (
  context,
  input,
) => {
  if (input.Tagging === undefined) throw malformedXml()
  const tags = tagsOf(input.Tagging.TagSet, 10, 'object')
  return retag(context, input, 'ObjectTagging:Put', record => ({ ...record, tags }))
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html */
export const DeleteObjectTagging: Operation<DeleteObjectTaggingCommandInput, { VersionId?: string }> = (
  context,
  input,
) => retag(context, input, 'ObjectTagging:Delete', ({ tags: _, ...record }) => record)

/** The version that tags are about. That a key is not there is told GET with the bucket before it (recorded). */
function taggedObject(reader: Reader, input: GetObjectTaggingCommandInput, method: 'GET' | 'PUT' | 'DELETE') {
  const { Bucket, Key = '', VersionId } = input
  if (method === 'GET' && VersionId === undefined && requireBucket(reader, Bucket) !== undefined)
    if (newest(reader, Bucket ?? '', Key) === undefined) throw noSuchKey(`${Bucket}/${Key}`)
  return selectLive(reader, input, method)
}

function retag(
  context: S3Context,
  input: GetObjectTaggingCommandInput,
  type: 'ObjectTagging:Put' | 'ObjectTagging:Delete',
  edit: (record: ObjectRecord) => ObjectRecord,
): Promise<{ VersionId?: string }> {
  return change(context, change => {
    const method = type === 'ObjectTagging:Put' ? 'PUT' : 'DELETE'
    const { bucket, key, record } = taggedObject(change.writer, input, method)
    revise(change, bucket, key, edit(record))
    change.tell(bucket, type, {
      key,
      eTag: record.etag,
      reason: type === 'ObjectTagging:Put' ? 'PutObjectTagging' : 'DeleteObjectTagging',
      ...(record.version === 'null' ? {} : { versionId: record.version }),
    })
    const version = shownVersion(bucket, record)
    return version === undefined ? {} : { VersionId: version }
  })
}
