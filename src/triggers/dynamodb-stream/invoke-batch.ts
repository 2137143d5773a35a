import type { EventRecord } from './batch-reader.ts'
import type { StreamMapping } from './event-source-mapping.ts'
import { eventText } from './event-text.ts'
import { type BatchOutcome, outcomeOf } from './invocation-outcome.ts'
import type { PollerParts } from './poller-parts.ts'

/** One try of one batch. */
export interface BatchTry {
  readonly outcome: BatchOutcome
  readonly requestId: string
  readonly executedVersion: string
  readonly functionError: string | undefined
  /** The journal record of this try. */
  readonly cause: string
}

/** Invokes the function with an event and reads what it says; a call that Lambda refuses counts as a failure. */
export async function invokeBatch(
  { functions, journal, ids, log, causeOf, noteResult }: PollerParts,
  mapping: StreamMapping,
  attempt: {
    readonly shardId: string
    readonly event: object
    readonly records: readonly EventRecord[]
    readonly number: number
  },
): Promise<BatchTry> {
  const subject = {
    source: 'aws:dynamodb',
    eventSourceArn: mapping.eventSourceArn,
    mapping: mapping.uuid,
    shardId: attempt.shardId,
    functionName: mapping.functionName,
    records: attempt.records.length,
    attempt: attempt.number,
  }
  const entry = journal.begin('event', subject, causeOf?.(mapping.eventSourceArn))
  entry.stage('event', attempt.event)
  try {
    const result = await functions.invoke({
      functionName: mapping.functionName,
      invocationType: 'RequestResponse',
      payload: Buffer.from(eventText(attempt.event)),
      cause: entry.id,
    })
    const outcome = outcomeOf(result, attempt.records, mapping.reportBatchItemFailures)
    noteResult?.(mapping.uuid, outcome.kind === 'failure')
    entry.finish({ outcome: outcome.kind, requestId: result.requestId })
    const { requestId, executedVersion, functionError } = result
    return { outcome, requestId, executedVersion, functionError, cause: entry.id }
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    log.warn(
      { err: error, mapping: mapping.uuid },
      `${mapping.functionName} could not be invoked for its stream`,
    )
    noteResult?.(mapping.uuid, true)
    entry.finish({ outcome: 'failure', error: reason })
    return {
      outcome: { kind: 'failure', reason },
      requestId: ids.uuid(),
      executedVersion: '$LATEST',
      functionError: undefined,
      cause: entry.id,
    }
  }
}
