import type { S3Context } from '../state.ts'
import { tagsOfHeader } from '../tags.ts'
import type { Conditions } from './request-access.ts'

/** Headers of a write that policies may ask about, by the same name after `s3:`. */
const headers = [
  'x-amz-acl',
  'x-amz-copy-source',
  'x-amz-metadata-directive',
  'x-amz-grant-full-control',
  'x-amz-grant-read',
  'x-amz-grant-read-acp',
  'x-amz-grant-write',
  'x-amz-grant-write-acp',
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-storage-class',
  'x-amz-website-redirect-location',
  'x-amz-content-sha256',
  'x-amz-object-ownership',
  'if-match',
  'if-none-match',
] as const

/**
 * The condition keys of a write, collected where a policy asks; what is wrong with its tags is said at once.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
export function writeConditions({ http }: Pick<S3Context, 'http'>): () => Conditions {
  const tags = tagsOfHeader(http.headers['x-amz-tagging']) ?? []
  return () => collect(http, tags)
}

function collect(
  http: Pick<S3Context['http'], 'headers'>,
  tags: readonly (readonly [name: string, value: string])[],
): Conditions {
  const found: Record<string, string | readonly string[]> = {}
  for (const name of headers) {
    const value = http.headers[name]
    if (value !== undefined) found[`s3:${name}`] = value
  }
  const named: readonly (readonly [key: string, header: string])[] = [
    ['s3:object-lock-mode', 'x-amz-object-lock-mode'],
    ['s3:object-lock-legal-hold', 'x-amz-object-lock-legal-hold'],
    ['s3:object-lock-retain-until-date', 'x-amz-object-lock-retain-until-date'],
  ]
  for (const [key, header] of named) {
    const value = http.headers[header]
    if (value !== undefined) found[key] = value
  }
  for (const [name, value] of tags) found[`s3:RequestObjectTag/${name}`] = value
  if (tags.length > 0) found['s3:RequestObjectTagKeys'] = tags.map(([name]) => name)
  return found
}
