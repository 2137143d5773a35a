import { AwsError } from '../../../aws/index.ts'
import type { Reader } from '../../../stores/index.ts'
import type { BucketRecord } from '../buckets/bucket-record.ts'
import { configuration } from '../buckets/configuration.ts'
import { accessDenied, invalidArgument, invalidRequest } from '../errors.ts'
import type { ObjectRecord, Retention } from './object-record.ts'

/** What a write may say about an object's lock. */
export interface LockInput {
  readonly ObjectLockMode?: string | undefined
  readonly ObjectLockRetainUntilDate?: Date | undefined
  readonly ObjectLockLegalHoldStatus?: string | undefined
}

interface DefaultLock {
  readonly Rule?: {
    readonly DefaultRetention?: { readonly Mode?: string; readonly Days?: number; readonly Years?: number }
  }
}

const day = 86_400_000

/**
 * The lock that a new version gets: what the request says, else the bucket's default rule.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 */
export function newLock(
  reader: Reader,
  bucket: BucketRecord,
  input: LockInput,
  now: number,
): Pick<ObjectRecord, 'retention' | 'legalHold'> {
  const { ObjectLockMode: mode, ObjectLockRetainUntilDate: until, ObjectLockLegalHoldStatus: hold } = input
  if (mode === undefined && until === undefined && hold === undefined) {
    const retention = bucket.objectLock ? defaultRetention(reader, bucket.name, now) : undefined
    return retention === undefined ? {} : { retention }
  }
  if (!bucket.objectLock) throw invalidRequest('Bucket is missing Object Lock Configuration')
  if ((mode === undefined) !== (until === undefined))
    throw invalidArgument(
      'x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied',
      mode === undefined ? 'x-amz-object-lock-mode' : 'x-amz-object-lock-retain-until-date',
    )
  if (hold !== undefined && hold !== 'ON' && hold !== 'OFF')
    throw invalidArgument("Legal Hold must be either of 'ON' or 'OFF'", 'x-amz-object-lock-legal-hold', hold)
  const retention =
    mode === undefined || until === undefined
      ? defaultRetention(reader, bucket.name, now)
      : { mode: checkMode(mode), until: checkUntil(until, now) }
  return {
    ...(retention === undefined ? {} : { retention }),
    ...(hold === 'ON' ? { legalHold: true } : {}),
  }
}

/** The mode, if it is one. */
export function checkMode(mode: string): Retention['mode'] {
  if (mode !== 'GOVERNANCE' && mode !== 'COMPLIANCE')
    throw invalidArgument('Unknown wormMode directive.', 'x-amz-object-lock-mode', mode)
  return mode
}

function checkUntil(until: Date, now: number): number {
  if (until.getTime() <= now)
    throw invalidArgument(
      'The retain until date must be in the future!',
      'x-amz-object-lock-retain-until-date',
      until.toISOString(),
    )
  return until.getTime()
}

function defaultRetention(reader: Reader, bucket: string, now: number): Retention | undefined {
  const rule = configuration<DefaultLock>(reader, bucket, 'object-lock')?.Rule?.DefaultRetention
  if (rule?.Mode === undefined) return undefined
  const until =
    rule.Years === undefined
      ? now + (rule.Days ?? 0) * day
      : new Date(now).setUTCFullYear(new Date(now).getUTCFullYear() + rule.Years)
  return { mode: checkMode(rule.Mode), until }
}

/** Refuses to delete a version that is locked. */
export function checkUnlocked(record: ObjectRecord, now: number, bypassGovernance: boolean): void {
  const { retention, legalHold } = record
  const retained = retention !== undefined && retention.until > now
  if (legalHold || (retained && !(retention.mode === 'GOVERNANCE' && bypassGovernance)))
    throw accessDenied('Access Denied because object protected by object lock.')
}

export const noObjectLock = (): AwsError =>
  new AwsError(
    'NoSuchObjectLockConfiguration',
    'The specified object does not have a ObjectLock configuration',
    { statusCode: 404 },
  )
