import { AwsError } from '../../../aws/index.ts'
import { conditionalRequestConflict, noSuchKey, notModified, preconditionFailed } from '../errors.ts'
import type { ObjectRecord } from './object-record.ts'
import { sequenceOf } from './version-id.ts'

/** The conditions that a request may put on the object that it reads. */
export interface ReadConditions {
  readonly IfMatch?: string | undefined
  readonly IfNoneMatch?: string | undefined
  readonly IfModifiedSince?: Date | undefined
  readonly IfUnmodifiedSince?: Date | undefined
}

/** Whether a header's list of entity tags has this one; quotes may be missing. */
export function matchesETag(header: string, etag: string): boolean {
  return header
    .split(',')
    .map(text => text.trim())
    .some(text => text === '*' || text.replace(/^W\//, '').replace(/^"(.*)"$/, '$1') === etag)
}

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000)

/** Which of the conditions fails, and how; RFC 9110's order: an entity tag is stronger than a date. */
function failing(
  record: Pick<ObjectRecord, 'etag' | 'modified'>,
  conditions: ReadConditions,
  now: number,
): 'If-Match' | 'If-None-Match' | 'If-Modified-Since' | 'If-Unmodified-Since' | undefined {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions
  if (IfMatch !== undefined) {
    if (!matchesETag(IfMatch, record.etag)) return 'If-Match'
  } else if (
    IfUnmodifiedSince !== undefined &&
    seconds(record.modified) > seconds(IfUnmodifiedSince.getTime())
  )
    return 'If-Unmodified-Since'
  if (IfNoneMatch !== undefined) return matchesETag(IfNoneMatch, record.etag) ? 'If-None-Match' : undefined
  if (IfModifiedSince === undefined) return undefined
  // A date that is still to come says nothing (recorded for copies, RFC 9110 for reads).
  const since = IfModifiedSince.getTime()
  return since <= now && seconds(record.modified) <= seconds(since) ? 'If-Modified-Since' : undefined
}

/** Checks the conditions of a read; what the client has already is 304. `headers` go with that. */
export function checkRead(
  record: ObjectRecord,
  conditions: ReadConditions,
  now: number,
  headers: () => Readonly<Record<string, string>>,
): void {
  const failed = failing(record, conditions, now)
  if (failed === 'If-None-Match' || failed === 'If-Modified-Since') throw notModified(headers())
  if (failed !== undefined) throw preconditionFailed(failed)
}

/** Checks the conditions that a copy puts on its source: each failure is 412. */
export function checkCopySource(record: ObjectRecord, conditions: ReadConditions, now: number): void {
  const failed = failing(record, conditions, now)
  if (failed !== undefined) throw preconditionFailed(`x-amz-copy-source-${failed}`)
}

/** The conditions that a write puts on what is there. */
export interface WriteConditions {
  readonly IfMatch?: string | undefined
  readonly IfNoneMatch?: string | undefined
}

/**
 * Checks the conditions of a write against the newest version, inside the transaction that writes: of many who ask that
 * nothing be there one wins. https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function checkWrite(
  before: ObjectRecord | undefined,
  key: string,
  { IfMatch, IfNoneMatch }: WriteConditions,
  upload?: { readonly id: string; readonly disturbed?: true | undefined },
): void {
  const there = before === undefined || before.marker ? undefined : before
  if (IfNoneMatch !== undefined && there !== undefined && matchesETag(IfNoneMatch, there.etag))
    throw preconditionFailed('If-None-Match')
  if (IfMatch !== undefined && there === undefined) throw noSuchKey(key)
  if (IfMatch !== undefined && there !== undefined && !matchesETag(IfMatch, there.etag))
    throw preconditionFailed('If-Match')
  const condition = IfMatch === undefined ? 'If-None-Match' : 'If-Match'
  if (upload === undefined || (IfMatch ?? IfNoneMatch) === undefined) return
  // Whatever was written or deleted since the upload began comes first (recorded): it has to begin anew.
  const overtaken = before !== undefined && before.seq > (sequenceOf(upload.id) ?? 0)
  if (overtaken || upload.disturbed) throw conditionalRequestConflict(condition, key)
}

/** Whether an error is one of these conditions' that a caller wants to tell apart. */
export const isNotModified = (error: unknown): boolean =>
  error instanceof AwsError && error.statusCode === 304
