import { AwsError } from '../../../aws/index.ts'
import type { Reader } from '../../../stores/index.ts'
import { validationException } from '../errors.ts'
import { findStream, isStreamArn, type StreamEntry } from '../stream-registry.ts'

/** The stream of that ARN; one that was switched off can be found for another day. */
export function requireStream(reader: Reader, streamArn: string, now: number): StreamEntry {
  checkStreamArn(streamArn)
  const stream = findStream(reader, streamArn, now)
  if (stream !== undefined) return stream
  throw new AwsError(
    'ResourceNotFoundException',
    `Requested resource not found: Stream: ${streamArn} not found`,
  )
}

/** Throws what AWS says of what is no stream's ARN (aws-sdk-js's live tests). */
export function checkStreamArn(streamArn: string): void {
  if (!isStreamArn(streamArn)) throw validationException('Invalid StreamArn')
}

/** What was asked for is older than a day. */
export const trimmedData = (): AwsError =>
  new AwsError(
    'TrimmedDataAccessException',
    'The operation attempted to read past the oldest stream record in a shard.',
  )

/** The largest page that may be asked for is documented; that it is refused in Coral's words is assumed. */
export function checkLimit(limit: number | undefined, most: number): void {
  if (limit === undefined || limit <= most) return
  throw validationException(
    `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value less than or equal to ${most}`,
  )
}
