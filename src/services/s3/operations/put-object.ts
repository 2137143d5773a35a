import type { PutObjectCommandInput, PutObjectCommandOutput } from '@aws-sdk/client-s3'
import { WholeBody } from '../../../lib/index.ts'
import type { Bytes } from '../../../stores/index.ts'
import { requireBucket } from '../buckets/bucket.ts'
import { change } from '../change.ts'
import { checksumMembers } from '../checksums/algorithm.ts'
import { checksumPlan } from '../checksums/checksum-plan.ts'
import { headerNotImplemented } from '../errors.ts'
import { expirationOf } from '../lifecycle/expiration-of.ts'
import { newAttributes } from '../objects/attributes.ts'
import { checkWrite } from '../objects/conditions.ts'
import { encryptionMembers } from '../objects/encryption.ts'
import { checkKey } from '../objects/object-key.ts'
import type { ObjectRecord } from '../objects/object-record.ts'
import { claiming, type ReceivedBody, receiveBody } from '../objects/receive-body.ts'
import { newest, newVersionId, putNewest, shownVersion } from '../objects/versions.ts'
import type { Operation, S3Context } from '../state.ts'

type Input = Omit<PutObjectCommandInput, 'Body'> & { readonly Body?: AsyncIterable<Bytes> }

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
export const PutObject: Operation<Input, Omit<PutObjectCommandOutput, '$metadata'>> = async (
  context,
  input,
) => {
  const key = checkKey(input.Key)
  checkPutConditions(input)
  const { state, now } = context
  const checkRequest = () =>
    state.store.read(reader =>
      newAttributes(context, reader, requireBucket(reader, input.Bucket, input.ExpectedBucketOwner), input),
    )
  // What is wrong with the request is said before its body is read, and before what is wrong with the body.
  const isThere = input.Body instanceof WholeBody
  if (!isThere) await checkRequest()
  const body = await receive(context, input).catch(async error => {
    if (isThere) await checkRequest()
    throw error
  })
  return await claiming(body, () =>
    change(context, change => {
      const { writer } = change
      const bucket = requireBucket(writer, input.Bucket, input.ExpectedBucketOwner)
      const attributes = newAttributes(context, writer, bucket, input)
      const before = newest(writer, bucket.name, key)
      checkWrite(before, key, input)
      const seq = change.sequence()
      const record: ObjectRecord = {
        version: newVersionId(bucket, state.ids, seq),
        seq,
        modified: now,
        size: body.size,
        etag: body.md5,
        pieces: body.store(writer, seq),
        checksum: body.checksum,
        ...attributes,
      }
      putNewest(change, bucket, key, record, before)
      const version = shownVersion(bucket, record)
      change.tell(bucket, 'ObjectCreated:Put', {
        key,
        size: record.size,
        eTag: record.etag,
        seq,
        reason: 'PutObject',
        ...(bucket.versioning === 'Enabled' ? { versionId: record.version } : {}),
      })
      return {
        ETag: `"${record.etag}"`,
        ...expirationOf(writer, bucket.name, key, record),
        ...checksumMembers(record.checksum),
        ...encryptionMembers(record.encryption),
        ...(version === undefined || bucket.versioning === 'Suspended' ? {} : { VersionId: version }),
      }
    }),
  )
}

async function receive(context: S3Context, input: Input): Promise<ReceivedBody> {
  return await receiveBody(context, input.Body, checksumPlan(context), input.ContentMD5)
}

/** Which conditions a write may have. Recorded (precondition_write_validation). */
export function checkPutConditions(input: Pick<PutObjectCommandInput, 'IfMatch' | 'IfNoneMatch'>): void {
  if (input.IfNoneMatch !== undefined && input.IfMatch !== undefined)
    throw headerNotImplemented(
      'If-Match,If-None-Match',
      'Multiple conditional request headers present in the request',
    )
  if (input.IfNoneMatch !== undefined && input.IfNoneMatch !== '*') throw notAccepted('If-None-Match')
  if (input.IfMatch === '*') throw notAccepted('If-Match')
}

const notAccepted = (header: string) =>
  headerNotImplemented(header, `We don't accept the provided value of ${header} header for this API`)
