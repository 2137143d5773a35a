import { AwsError } from '../../../aws/index.ts'
import type { Reader } from '../../../stores/index.ts'
import { findStream, type StreamEntry } from '../stream-registry.ts'

/** The stream of that ARN; one that was switched off can be found for another day. */
export function requireStream(reader: Reader, streamArn: string, now: number): StreamEntry {
  const stream = findStream(reader, streamArn, now)
  if (stream !== undefined) return stream
  throw new AwsError(
    'ResourceNotFoundException',
    `Requested resource not found: Stream: ${streamArn} not found`,
  )
}

/** What was asked for is older than a day. */
export const trimmedData = (): AwsError =>
  new AwsError(
    'TrimmedDataAccessException',
    'The operation attempted to read past the oldest stream record in a shard.',
  )
