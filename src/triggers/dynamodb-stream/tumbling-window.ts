import type { EventRecord } from './batch-reader.ts'

/** State that a window's invocations hand on. */
export interface WindowState {
  /** Seconds since 1970. */
  readonly start: number
  readonly state: unknown
}

/** The most that a shard's state may take. https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html */
export const largestState = 1024 * 1024

/** The second in which a record's window starts; undefined without windows. */
export function windowStart(record: EventRecord, seconds: number): number | undefined {
  if (seconds === 0) return undefined
  return Math.floor(record.dynamodb.ApproximateCreationDateTime / seconds) * seconds
}

const instant = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')

/** An event with a window's members, in AWS's order. */
export function windowEvent(
  records: readonly EventRecord[],
  { start, state }: WindowState,
  options: {
    readonly seconds: number
    readonly shardId: string
    readonly eventSourceArn: string
    readonly isFinal: boolean
    readonly isTerminatedEarly: boolean
  },
): object {
  return {
    Records: records,
    window: { start: instant(start), end: instant(start + options.seconds) },
    state,
    shardId: options.shardId,
    eventSourceARN: options.eventSourceArn,
    isFinalInvokeForWindow: options.isFinal,
    isWindowTerminatedEarly: options.isTerminatedEarly,
  }
}
