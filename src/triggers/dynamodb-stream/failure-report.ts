import type { EventRecord } from './batch-reader.ts'
import type { StreamMapping } from './event-source-mapping.ts'

/** Why a batch was given up. */
export type DiscardCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded'

/** What a destination learns of a batch that was given up: where it is, not what is in it (recorded). */
export function failureReport(
  mapping: StreamMapping,
  shardId: string,
  records: readonly EventRecord[],
  facts: {
    readonly condition: DiscardCondition
    readonly invokeCount: number
    readonly requestId: string
    readonly executedVersion: string
    readonly functionError: string | undefined
    readonly now: number
  },
): object {
  const [first, last] = [records[0]?.dynamodb, records.at(-1)?.dynamodb]
  const arrival = (seconds: number | undefined): string =>
    new Date((seconds ?? 0) * 1000).toISOString().replace('.000Z', 'Z')
  return {
    requestContext: {
      requestId: facts.requestId,
      functionArn: mapping.functionArn,
      condition: facts.condition,
      approximateInvokeCount: facts.invokeCount,
    },
    ...(facts.invokeCount === 0
      ? {}
      : {
          responseContext: {
            statusCode: 200,
            executedVersion: facts.executedVersion,
            ...(facts.functionError === undefined ? {} : { functionError: facts.functionError }),
          },
        }),
    version: '1.0',
    timestamp: new Date(facts.now).toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: first?.SequenceNumber,
      endSequenceNumber: last?.SequenceNumber,
      approximateArrivalOfFirstRecord: arrival(first?.ApproximateCreationDateTime),
      approximateArrivalOfLastRecord: arrival(last?.ApproximateCreationDateTime),
      batchSize: records.length,
      streamArn: mapping.eventSourceArn,
    },
  }
}
