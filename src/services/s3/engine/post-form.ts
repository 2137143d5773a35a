import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { Forwarded, type WireRequest } from '../../../aws/index.ts'
import { checksumAlgorithms, checksumMembers } from '../checksums/algorithm.ts'
import { formAttributes } from '../forms/form-attributes.ts'
import { type FormOutput, formOutput } from '../forms/form-output.ts'
import { type FormInput, type SignedForm, signedForm } from '../forms/signed-form.ts'
import { within } from '../forms/within.ts'
import { checkKey, encodePath } from '../objects/object-key.ts'
import type { Operation, S3Context } from '../state.ts'
import { withRoom } from '../with-room.ts'
import type { ChangeInput } from './intended-changes.ts'

/** Fields that sign or steer the form. */
const own: ReadonlySet<string> = new Set(
  `acl awsaccesskeyid bucket file key policy redirect signature success_action_redirect success_action_status tagging
   x-amz-algorithm x-amz-credential x-amz-date x-amz-security-token x-amz-signature`.split(/\s+/),
)

/** What a form's fields are as the headers of a PutObject. */
function headersOf({ fields, fileType }: SignedForm): Record<string, string> {
  const { ACL, ContentType, Tagging } = formAttributes(fields, fileType)
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(fields)) if (!own.has(name)) headers[name] = value
  if (ACL !== undefined) headers['x-amz-acl'] = ACL
  if (ContentType !== undefined) headers['content-type'] = ContentType
  if (Tagging !== undefined) headers['x-amz-tagging'] = Tagging
  return headers
}

/**
 * A browser's form on an engine, which could not verify it: we do, and hand it on as a PutObject. Where its file ends is
 * known at the form's end, so a large one lies in our own folder until the engine has it.
 */
export function postForm(
  put: Operation<ChangeInput, Forwarded>,
): Operation<FormInput, FormOutput | Forwarded> {
  return async (context, input) => {
    const form = await signedForm(context, input)
    const key = checkKey(form.key)
    const { blobs } = context.state
    const kept = await withRoom(() => blobs.keep(within(form.file, form.range)))
    try {
      const body = kept.kind === 'inline' ? Buffer.from(kept.bytes) : await blobs.read(kept.id)
      const Bucket = input.Bucket ?? ''
      const { reply } = await put(asPut(context, form, { Bucket, size: kept.size, body }), {
        Bucket,
        Key: key,
      })
      if (reply.status >= 300) return new Forwarded(reply)
      if (reply.body instanceof Readable) await buffer(reply.body)
      return formOutput(form, Bucket, context.http.host, resultOf(reply.headers))
    } finally {
      if (kept.kind === 'blob') await blobs.remove(kept.id)
    }
  }
}

interface File {
  readonly Bucket: string
  readonly size: number
  readonly body: WireRequest['body']
}

/** The request that puts the file, by whoever signed the form. */
function asPut(context: S3Context, form: SignedForm, { Bucket, size, body }: File): S3Context {
  const headers = { ...headersOf(form), 'content-length': String(size) }
  const path = `/${Bucket}/${encodePath(form.key)}`
  const wire: WireRequest = { method: 'PUT', path, query: [], headers, labels: {}, body }
  return {
    ...context,
    principal: form.principal,
    http: { ...context.http, headers: { ...headers, ...traceOf(context) }, wire },
  }
}

/** By which Lambda sees loops. */
function traceOf({ http }: S3Context): Record<string, string> {
  const trace = http.headers['x-amzn-trace-id']
  return trace === undefined ? {} : { 'x-amzn-trace-id': trace }
}

function resultOf(sent: readonly (readonly [name: string, value: string])[]) {
  const headers = new Map(sent.map(([name, value]) => [name.toLowerCase(), value]))
  const version = headers.get('x-amz-version-id')
  const encryption = headers.get('x-amz-server-side-encryption')
  const algorithm = checksumAlgorithms.find(name => headers.has(`x-amz-checksum-${name.toLowerCase()}`))
  const value = algorithm && headers.get(`x-amz-checksum-${algorithm.toLowerCase()}`)
  return {
    ETag: headers.get('etag') ?? '',
    ...(version === undefined ? {} : { VersionId: version }),
    ...(encryption === undefined ? {} : { ServerSideEncryption: encryption }),
    ...(algorithm === undefined || value === undefined
      ? {}
      : checksumMembers({ algorithm, value, type: 'FULL_OBJECT' })),
  }
}
