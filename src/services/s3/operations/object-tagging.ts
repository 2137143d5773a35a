import type {
  DeleteObjectTaggingCommandInput,
  GetObjectTaggingCommandInput,
  PutObjectTaggingCommandInput,
  Tag,
} from '@aws-sdk/client-s3'
import { change } from '../change.ts'
import { malformedXml } from '../errors.ts'
import type { ObjectRecord } from '../objects/object-record.ts'
import { selectObject } from '../objects/select-object.ts'
import { rewrite, shownVersion } from '../objects/versions.ts'
import type { Operation, S3Context } from '../state.ts'
import { tagSet, tagsOf } from '../tags.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html */
export const GetObjectTagging: Operation<
  GetObjectTaggingCommandInput,
  { TagSet: Tag[]; VersionId?: string }
> = ({ state }, input) =>
  state.store.read(reader => {
    const { bucket, record } = selectObject(reader, input)
    const version = shownVersion(bucket, record)
    return { TagSet: tagSet(record.tags), ...(version === undefined ? {} : { VersionId: version }) }
  })

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html */
export const PutObjectTagging: Operation<PutObjectTaggingCommandInput, { VersionId?: string }> = (
  context,
  input,
) => {
  if (input.Tagging === undefined) throw malformedXml()
  const tags = tagsOf(input.Tagging.TagSet, 10)
  return retag(context, input, 'ObjectTagging:Put', record => ({ ...record, tags }))
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjectTagging.html */
export const DeleteObjectTagging: Operation<DeleteObjectTaggingCommandInput, { VersionId?: string }> = (
  context,
  input,
) => retag(context, input, 'ObjectTagging:Delete', ({ tags: _, ...record }) => record)

function retag(
  context: S3Context,
  input: GetObjectTaggingCommandInput,
  type: 'ObjectTagging:Put' | 'ObjectTagging:Delete',
  edit: (record: ObjectRecord) => ObjectRecord,
): Promise<{ VersionId?: string }> {
  return change(context, change => {
    const { bucket, key, record } = selectObject(change.writer, input, 'PUT')
    rewrite(change, bucket.name, key, edit(record))
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
