import type { GetObjectCommandInput, GetObjectCommandOutput } from '@aws-sdk/client-s3'
import type { Reader } from '../../../stores/index.ts'
import type { BucketRecord } from '../buckets/bucket-record.ts'
import { isRequesterPays } from '../buckets/requester-pays.ts'
import { checksumMembers } from '../checksums/algorithm.ts'
import { invalidArgument, invalidPartNumber, invalidRange, invalidRequest } from '../errors.ts'
import { expirationOf } from '../lifecycle/expiration-of.ts'
import { shownTime } from '../shown-time.ts'
import type { S3Context } from '../state.ts'
import { checkRead } from './conditions.ts'
import { checkCustomerKey, encryptionMembers } from './encryption.ts'
import type { ObjectRecord } from './object-record.ts'
import { checkPartNumber } from './part-number.ts'
import { type ByteSpan, parseRange } from './ranges.ts'
import { selectObject } from './select-object.ts'
import { shownVersion } from './versions.ts'

/** What GetObject and HeadObject have in common. */
export type ReadInput = Omit<GetObjectCommandInput, 'Bucket' | 'Key'> & {
  readonly Bucket?: string | undefined
  readonly Key?: string | undefined
}
export type ReadOutput = Omit<GetObjectCommandOutput, '$metadata' | 'Body' | 'Expires'> & {
  readonly Expires?: string
}

/** An object found, its conditions held, and which of its bytes are asked for. */
export interface ObjectRead {
  readonly record: ObjectRecord
  readonly span: ByteSpan
  readonly output: ReadOutput
}

/** Finds the object that a read means and makes the answer's head. */
export function readObject(
  reader: Reader,
  context: S3Context,
  input: ReadInput,
  method: 'GET' | 'HEAD',
): ObjectRead {
  const { bucket, key, record } = selectObject(reader, input, method)
  checkCustomerKey(record, input)
  checkRead(record, input, context.now, () => ({
    ETag: `"${record.etag}"`,
    'Last-Modified': new Date(record.modified).toUTCString(),
    ...(record.headers.CacheControl === undefined ? {} : { 'Cache-Control': record.headers.CacheControl }),
    ...(record.headers.Expires === undefined ? {} : { Expires: record.headers.Expires }),
    ...(bucket.versioning === undefined ? {} : { 'x-amz-version-id': record.version }),
  }))
  if (input.PartNumber !== undefined && input.Range !== undefined)
    throw invalidRequest('Cannot specify both Range header and partNumber query parameter')
  const { span, partial } = askedSpan(record, input)
  const overrides = overridesOf(context, input)
  const whole = span.to - span.from === record.size
  const output: ReadOutput = {
    ...describe(bucket, record),
    ...overrides,
    ...(input.VersionId === undefined ? expirationOf(reader, bucket.name, key, record) : {}),
    AcceptRanges: 'bytes',
    ...(input.RequestPayer === 'requester' &&
    context.principal.account !== bucket.account &&
    isRequesterPays(reader, bucket.name)
      ? { RequestCharged: 'requester' as const }
      : {}),
    ContentLength: span.to - span.from,
    ...(partial ? { ContentRange: `bytes ${span.from}-${span.to - 1}/${record.size}` } : {}),
    ...(input.ChecksumMode?.toUpperCase() === 'ENABLED' && (whole || input.PartNumber !== undefined)
      ? partChecksum(record, input.PartNumber)
      : {}),
    ...(input.PartNumber !== undefined && record.parts !== undefined
      ? { PartsCount: record.parts.length }
      : {}),
  }
  return { record, span, output }
}

function partChecksum(
  record: ObjectRecord,
  partNumber: number | undefined,
): ReturnType<typeof checksumMembers> {
  const part =
    partNumber === undefined ? undefined : record.parts?.find(({ number }) => number === partNumber)
  if (part === undefined || record.checksum === undefined || record.parts?.length === 1)
    return checksumMembers(
      record.checksum && { ...record.checksum, value: part?.checksum ?? record.checksum.value },
    )
  // The whole object's checksum says nothing of a part, and clients would verify by it.
  if (part.checksum === undefined || record.checksum.type === 'FULL_OBJECT') return {}
  return checksumMembers({ ...record.checksum, value: part.checksum })
}

/** Which bytes a read asks for, and whether it asked for a part of the object at all. */
function askedSpan(record: ObjectRecord, input: ReadInput): { span: ByteSpan; partial: boolean } {
  const all = { from: 0, to: record.size }
  const { PartNumber: number } = input
  if (number !== undefined) {
    const count = record.parts?.length ?? 1
    checkPartNumber(number)
    if (number > count) throw invalidPartNumber(number, count)
    const parts = record.parts ?? [{ number: 1, size: record.size }]
    const from = parts.slice(0, number - 1).reduce((sum, { size }) => sum + size, 0)
    return { span: { from, to: from + (parts[number - 1]?.size ?? 0) }, partial: record.size > 0 }
  }
  const span = parseRange(input.Range, record.size)
  if (span === undefined) return { span: all, partial: false }
  if (record.size === 0) throw invalidRange(input.Range ?? '', 0)
  return { span, partial: true }
}

const isLatin1 = (text: string): boolean => Buffer.from(text, 'latin1').toString('latin1') === text

/** The members that `response-…` parameters replace, with the parameters'. */
const replaceable = {
  CacheControl: 'ResponseCacheControl',
  ContentDisposition: 'ResponseContentDisposition',
  ContentEncoding: 'ResponseContentEncoding',
  ContentLanguage: 'ResponseContentLanguage',
  ContentType: 'ResponseContentType',
  Expires: 'ResponseExpires',
} as const

const members = Object.keys(replaceable) as (keyof typeof replaceable)[]
const noOverrides: Partial<ReadOutput> = {}

/** `response-…` parameters replace headers of the answer, for callers who sign. */
function overridesOf(context: S3Context, input: ReadInput): Partial<ReadOutput> {
  let overrides: Partial<Record<keyof typeof replaceable, string>> | undefined
  for (const member of members) {
    const given = input[replaceable[member]]
    if (given === undefined) continue
    const value = typeof given === 'string' ? given : given.toUTCString()
    if (!isLatin1(value))
      throw invalidArgument(
        'Header value cannot be represented using ISO-8859-1.',
        `response-${member.replace(/\B[A-Z]/g, '-$&').toLowerCase()}`,
        value,
      )
    overrides ??= {}
    overrides[member] = value
  }
  if (overrides === undefined) return noOverrides
  if (context.principal.kind === 'anonymous')
    throw invalidRequest('Request specific response headers cannot be used for anonymous GET requests.')
  return overrides
}

/** The headers that describe an object in every answer about it. */
export function describe(bucket: BucketRecord, record: ObjectRecord): ReadOutput {
  const version = shownVersion(bucket, record)
  const { retention, legalHold, tags, redirect, storageClass, restoredUntil, replication } = record
  return {
    LastModified: shownTime(record.modified),
    ETag: `"${record.etag}"`,
    ...record.headers,
    Metadata: record.metadata,
    ...(version === undefined ? {} : { VersionId: version }),
    ...(redirect === undefined ? {} : { WebsiteRedirectLocation: redirect }),
    ...(storageClass === undefined ? {} : { StorageClass: storageClass as 'GLACIER' }),
    ...(tags === undefined || tags.length === 0 ? {} : { TagCount: tags.length }),
    ...(retention === undefined
      ? {}
      : { ObjectLockMode: retention.mode, ObjectLockRetainUntilDate: new Date(retention.until) }),
    ...(replication === undefined ? {} : { ReplicationStatus: replication }),
    ...(legalHold === undefined ? {} : { ObjectLockLegalHoldStatus: legalHold ? 'ON' : 'OFF' }),
    ...(restoredUntil === undefined
      ? {}
      : { Restore: `ongoing-request="false", expiry-date="${new Date(restoredUntil).toUTCString()}"` }),
    ...encryptionMembers(record.encryption),
  }
}
