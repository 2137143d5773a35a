import { requireBucket } from '../buckets/bucket.ts'
import { change } from '../change.ts'
import { checksumMembers } from '../checksums/algorithm.ts'
import { checksumPlan } from '../checksums/checksum-plan.ts'
import { formAttributes } from '../forms/form-attributes.ts'
import { type FormOutput, formOutput } from '../forms/form-output.ts'
import { type FormInput, signedForm } from '../forms/signed-form.ts'
import { within } from '../forms/within.ts'
import { newAttributes } from '../objects/attributes.ts'
import { encryptionMembers } from '../objects/encryption.ts'
import { checkKey } from '../objects/object-key.ts'
import type { ObjectRecord } from '../objects/object-record.ts'
import { claiming, keepVerified } from '../objects/receive-body.ts'
import { newVersionId, putNewest, shownVersion } from '../objects/versions.ts'
import type { Operation, S3Context } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html */
export const PostObject: Operation<FormInput, FormOutput> = async (caller, input) => {
  const form = await signedForm(caller, input)
  const key = checkKey(form.key)
  const { fields } = form
  const context: S3Context = {
    ...caller,
    principal: form.principal,
    // What stands in headers elsewhere stands in fields here.
    http: { ...caller.http, headers: { ...fields } },
  }
  const attributes = formAttributes(fields, form.fileType)
  await context.state.store.read(reader =>
    newAttributes(context, reader, requireBucket(reader, input.Bucket), attributes),
  )
  const body = await keepVerified(context, within(form.file, form.range), checksumPlan(context))
  const record = await claiming(body, () =>
    change(context, change => {
      const { writer } = change
      const bucket = requireBucket(writer, input.Bucket)
      const seq = change.sequence()
      const record: ObjectRecord = {
        version: newVersionId(bucket, context.state.ids, seq),
        seq,
        modified: context.now,
        size: body.size,
        etag: body.md5,
        pieces: body.store(writer, seq),
        checksum: body.checksum,
        ...newAttributes(context, writer, bucket, attributes),
      }
      putNewest(change, bucket, key, record)
      change.tell(bucket, 'ObjectCreated:Post', {
        key,
        size: record.size,
        eTag: record.etag,
        seq,
        reason: 'POST Object',
        ...(bucket.versioning === 'Enabled' ? { versionId: record.version } : {}),
      })
      return { ...record, shown: shownVersion(bucket, record) }
    }),
  )
  const { etag, shown, checksum, encryption } = record
  return formOutput(form, input.Bucket ?? '', caller.http.host, {
    ETag: `"${etag}"`,
    ...(shown === undefined ? {} : { VersionId: shown }),
    ...checksumMembers(checksum),
    ...encryptionMembers(encryption),
  })
}
