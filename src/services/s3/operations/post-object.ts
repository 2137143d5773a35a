import { AwsError } from '../../../aws/index.ts'
import type { Bytes } from '../../../stores/index.ts'
import { requireBucket } from '../buckets/bucket.ts'
import { change } from '../change.ts'
import { checksumMembers } from '../checksums/algorithm.ts'
import { checksumPlan } from '../checksums/checksum-plan.ts'
import { entityTooLarge } from '../errors.ts'
import type { LengthRange } from '../forms/check-policy.ts'
import { formAttributes } from '../forms/form-attributes.ts'
import { type FormInput, signedForm } from '../forms/signed-form.ts'
import { newAttributes } from '../objects/attributes.ts'
import { encryptionMembers } from '../objects/encryption.ts'
import { checkKey } from '../objects/object-key.ts'
import type { ObjectRecord } from '../objects/object-record.ts'
import { claiming, keepVerified } from '../objects/receive-body.ts'
import { newVersionId, putNewest, shownVersion } from '../objects/versions.ts'
import type { Operation, S3Context } from '../state.ts'

interface FormOutput {
  readonly Status: number
  readonly ETag: string
  readonly Location: string
  readonly VersionId?: string
  readonly ContentType?: string
  readonly Body?: Uint8Array
}

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
  return answer(fields, input.Bucket ?? '', key, record, caller.http.host)
}

/** Passes a file on and fails where it is longer or shorter than the policy says. */
async function* within(file: AsyncIterable<Bytes>, range: LengthRange | undefined): AsyncIterable<Bytes> {
  let size = 0
  for await (const chunk of file) {
    size += chunk.length
    if (range !== undefined && size > range.to) throw entityTooLarge(size, range.to)
    yield chunk
  }
  if (range !== undefined && size < range.from)
    throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
      statusCode: 400,
      detail: { ProposedSize: size, MinSizeAllowed: range.from },
    })
}

function answer(
  fields: Readonly<Record<string, string>>,
  bucket: string,
  key: string,
  { etag, shown, checksum, encryption }: ObjectRecord & { readonly shown: string | undefined },
  host: string,
): FormOutput {
  const ETag = `"${etag}"`
  const location = `http://${host}/${bucket}/${encodeURIComponent(key)}`
  const common = {
    ETag,
    ...(shown === undefined ? {} : { VersionId: shown }),
    ...checksumMembers(checksum),
    ...encryptionMembers(encryption),
  }
  const redirect = redirectOf(fields['success_action_redirect'] ?? fields['redirect'], bucket, key, ETag)
  if (redirect !== undefined) return { ...common, Status: 303, Location: redirect }
  const status = fields['success_action_status']
  if (status === '200') return { ...common, Status: 200, Location: location }
  if (status !== '201') return { ...common, Status: 204, Location: location }
  const xml = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
  const document = `<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse><Location>${xml(location)}</Location><Bucket>${xml(bucket)}</Bucket><Key>${xml(key)}</Key><ETag>${xml(ETag)}</ETag></PostResponse>`
  return {
    ...common,
    Status: 201,
    Location: location,
    ContentType: 'application/xml',
    Body: Buffer.from(document),
  }
}

/** Where the browser goes on; what is no URL counts as nothing. */
function redirectOf(
  target: string | undefined,
  bucket: string,
  key: string,
  etag: string,
): string | undefined {
  if (target === undefined || !URL.canParse(target)) return undefined
  const query = `bucket=${encodeURIComponent(bucket)}&key=${encodeURIComponent(key)}&etag=${encodeURIComponent(etag)}`
  return `${target}${target.includes('?') ? '&' : '?'}${query}`
}
