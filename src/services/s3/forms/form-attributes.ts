import { malformedXml } from '../errors.ts'
import type { AttributeInput } from '../objects/attributes.ts'

/** Reads the one document that a form may carry: `<Tagging><TagSet><Tag><Key>…`. */
function taggingHeader(xml: string | undefined): string | undefined {
  if (xml === undefined || xml === '') return undefined
  // Any document will do, and one that is no `Tagging` has no tags (recorded).
  if (!/^\s*(?:<\?xml[^>]*\?>\s*)?<(\w+)(?:\s[^>]*)?>[\s\S]*<\/\1>\s*$/.test(xml)) throw malformedXml()
  if (!/<Tagging[\s>]/.test(xml)) return undefined
  const text = (escaped: string): string =>
    escaped
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&apos;', "'")
      .replaceAll('&amp;', '&')
  return Array.from(xml.matchAll(/<Tag>([\s\S]*?)<\/Tag>/g), ([, tag = '']) => {
    const key = /<Key>([\s\S]*?)<\/Key>/.exec(tag)?.[1]
    const value = /<Value>([\s\S]*?)<\/Value>|<Value\s*\/>/.exec(tag)
    if (key === undefined || value === null) throw malformedXml()
    return `${encodeURIComponent(text(key))}=${encodeURIComponent(text(value[1] ?? ''))}`
  }).join('&')
}

/** A form's fields as the members that a PUT has in its headers. */
export function formAttributes(
  fields: Readonly<Record<string, string>>,
  fileType: string | undefined,
): AttributeInput {
  const metadata = Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => name.startsWith('x-amz-meta-'))
      .map(([name, value]) => [name.slice('x-amz-meta-'.length), value]),
  )
  const until = fields['x-amz-object-lock-retain-until-date']
  const given: Record<string, unknown> = {
    ACL: fields['acl'] ?? fields['x-amz-acl'],
    CacheControl: fields['cache-control'],
    ContentDisposition: fields['content-disposition'],
    ContentEncoding: fields['content-encoding'],
    ContentType: fields['content-type'] ?? fileType,
    Metadata: metadata,
    ObjectLockLegalHoldStatus: fields['x-amz-object-lock-legal-hold'],
    ObjectLockMode: fields['x-amz-object-lock-mode'],
    ObjectLockRetainUntilDate: until === undefined ? undefined : new Date(until),
    ServerSideEncryption: fields['x-amz-server-side-encryption'],
    SSECustomerAlgorithm: fields['x-amz-server-side-encryption-customer-algorithm'],
    SSECustomerKey: fields['x-amz-server-side-encryption-customer-key'],
    SSECustomerKeyMD5: fields['x-amz-server-side-encryption-customer-key-md5'],
    SSEKMSKeyId: fields['x-amz-server-side-encryption-aws-kms-key-id'],
    StorageClass: fields['x-amz-storage-class'],
    Tagging: taggingHeader(fields['tagging']),
    WebsiteRedirectLocation: fields['x-amz-website-redirect-location'],
  }
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as AttributeInput
}
