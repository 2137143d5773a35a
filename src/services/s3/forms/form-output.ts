import { escapeXml } from '../../../aws/index.ts'
import type { SignedForm } from './signed-form.ts'

/** What a form is answered. */
export interface FormOutput {
  readonly Status: number
  readonly ETag: string
  readonly Location: string
  readonly VersionId?: string
  readonly ContentType?: string
  readonly Body?: Uint8Array
}

/** What became of the object, by the model's names. */
export type FormResult = Pick<FormOutput, 'ETag' | 'VersionId'>

/** The answer that a form's fields ask for: a redirection, a document, or nothing but a status. */
export function formOutput(
  { fields, key }: SignedForm,
  bucket: string,
  host: string,
  result: FormResult,
): FormOutput {
  const { ETag } = result
  const location = `http://${host}/${bucket}/${encodeURIComponent(key)}`
  const redirect = redirectOf(fields['success_action_redirect'] ?? fields['redirect'], bucket, key, ETag)
  if (redirect !== undefined) return { ...result, Status: 303, Location: redirect }
  const status = fields['success_action_status']
  if (status === '200') return { ...result, Status: 200, Location: location }
  if (status !== '201') return { ...result, Status: 204, Location: location }
  const document = `<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse><Location>${escapeXml(location)}</Location><Bucket>${escapeXml(bucket)}</Bucket><Key>${escapeXml(key)}</Key><ETag>${escapeXml(ETag)}</ETag></PostResponse>`
  return {
    ...result,
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
