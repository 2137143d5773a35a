import type { PutObjectCommandInput } from '@aws-sdk/client-s3'
import type { Reader } from '../../../stores/index.ts'
import { checkPublicAcl } from '../acl/public-access.ts'
import { checkOwnership, headerGrants } from '../acl/requested-grants.ts'
import type { BucketRecord } from '../buckets/bucket-record.ts'
import { metadataTooLarge } from '../errors.ts'
import type { S3Context } from '../state.ts'
import { tagsOfHeader } from '../tags.ts'
import { newEncryption } from './encryption.ts'
import { newLock } from './object-lock.ts'
import type { ObjectRecord, SystemHeaders } from './object-record.ts'
import { storageClassOf } from './storage-class.ts'

/** The headers of a write that describe the object. */
export type AttributeInput = Pick<
  PutObjectCommandInput,
  | 'ACL'
  | 'BucketKeyEnabled'
  | 'CacheControl'
  | 'ContentDisposition'
  | 'ContentEncoding'
  | 'ContentLanguage'
  | 'ContentType'
  | 'GrantFullControl'
  | 'GrantRead'
  | 'GrantReadACP'
  | 'GrantWriteACP'
  | 'Key'
  | 'Metadata'
  | 'ObjectLockLegalHoldStatus'
  | 'ObjectLockMode'
  | 'ObjectLockRetainUntilDate'
  | 'ServerSideEncryption'
  | 'SSECustomerAlgorithm'
  | 'SSECustomerKey'
  | 'SSECustomerKeyMD5'
  | 'SSEKMSEncryptionContext'
  | 'SSEKMSKeyId'
  | 'StorageClass'
  | 'Tagging'
  | 'WebsiteRedirectLocation'
>

/** All of a record that a write's headers decide. */
export type Attributes = Pick<
  ObjectRecord,
  | 'owner'
  | 'headers'
  | 'metadata'
  | 'redirect'
  | 'storageClass'
  | 'tags'
  | 'grants'
  | 'retention'
  | 'legalHold'
  | 'encryption'
>

/** The headers that S3 keeps as they are; the framing `aws-chunked` is no encoding of the content. */
export function systemHeaders(input: AttributeInput, { http }: Pick<S3Context, 'http'>): SystemHeaders {
  const encoding = input.ContentEncoding?.replace(/(?:^|,)\s*aws-chunked\s*(?=,|$)/g, '').replace(
    /^\s*,\s*/,
    '',
  )
  const { expires } = http.headers
  return {
    ContentType: input.ContentType || 'binary/octet-stream',
    ...(input.CacheControl === undefined ? {} : { CacheControl: input.CacheControl }),
    ...(input.ContentDisposition === undefined ? {} : { ContentDisposition: input.ContentDisposition }),
    ...(encoding === undefined || encoding === '' ? {} : { ContentEncoding: encoding }),
    ...(input.ContentLanguage === undefined ? {} : { ContentLanguage: input.ContentLanguage }),
    ...(expires === undefined ? {} : { Expires: expires }),
  }
}

/** User metadata has 2 KB at most. https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html */
export function userMetadata(
  given: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> {
  const metadata = given ?? {}
  let size = 0
  for (const [name, value] of Object.entries(metadata))
    size += Buffer.byteLength(name) + Buffer.byteLength(value)
  if (size > 2048) throw metadataTooLarge(size)
  return metadata
}

/** Who owns what a caller writes: nobody can own anonymously, and where ACLs are off all is the bucket owner's. */
export function ownerOfWrite(context: Pick<S3Context, 'principal'>, bucket: BucketRecord): string {
  if (bucket.ownership === 'BucketOwnerEnforced' || context.principal.kind === 'anonymous')
    return bucket.account
  return context.principal.account
}

/** Reads and checks the description of a new object. */
export function newAttributes(
  context: S3Context,
  reader: Reader,
  bucket: BucketRecord,
  input: AttributeInput,
): Attributes {
  checkOwnership(bucket, input)
  const writer = ownerOfWrite(context, bucket)
  const grants = headerGrants(input, writer, bucket.account)
  checkPublicAcl(reader, bucket, grants, {
    principal: context.principal,
    action: 'PutObject',
    key: input.Key,
  })
  const surrendered =
    bucket.ownership === 'BucketOwnerPreferred' &&
    input.ACL === 'bucket-owner-full-control' &&
    writer !== bucket.account
  return {
    owner: surrendered ? bucket.account : writer,
    headers: systemHeaders(input, context),
    metadata: userMetadata(input.Metadata),
    ...optional('redirect', input.WebsiteRedirectLocation),
    ...optional('storageClass', storageClassOf(input.StorageClass)),
    ...optional('tags', tagsOfHeader(input.Tagging)),
    ...optional('grants', surrendered ? undefined : grants),
    ...newLock(reader, bucket, input, context.now),
    encryption: newEncryption(reader, bucket, input),
  }
}

function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { [key in Name]?: Value } {
  return (value === undefined ? {} : { [name]: value }) as { [key in Name]?: Value }
}
