import type { Alarm } from './alarm.ts'
import type { EventRecord } from './batch-reader.ts'
import type { StreamMapping } from './event-source-mapping.ts'
import { type DiscardCondition, failureReport } from './failure-report.ts'
import { type BatchTry, invokeBatch } from './invoke-batch.ts'
import type { PollerParts } from './poller-parts.ts'

/** Waits between tries: a tenth of a second, doubling up to a minute (AWS does not document its own). */
const firstWait = 100
const longestWait = 60_000

/** Stream records live for a day, and no batch is tried for longer. */
const streamRetention = 24 * 60 * 60

/** How a batch travels: what event it becomes, what is done once some of it is over. */
export interface Delivery {
  readonly shardId: string
  readonly event: (records: readonly EventRecord[]) => object
  /** Further demands on the response (`state` of windows): answers what is missing. */
  readonly missing?: (response: unknown) => string | undefined
  /** These records are over, delivered or given up; nothing before the answer is tried again. */
  readonly settled: (records: readonly EventRecord[], response: unknown) => Promise<void>
}

/**
 * Delivers a batch: tried until it succeeds, its tries are used up or its records are too old; halved where the mapping
 * says so, shortened where the function names the record that failed. Answers when all of it is over or the alarm stops.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export async function deliverBatch(
  parts: PollerParts,
  mapping: StreamMapping,
  alarm: Alarm,
  batch: readonly EventRecord[],
  delivery: Delivery,
): Promise<void> {
  const waiting: (readonly EventRecord[])[] = [batch]
  for (let chunk = waiting.shift(); chunk !== undefined; chunk = waiting.shift()) {
    let failures = 0
    let last: BatchTry | undefined
    while (!alarm.stopped && chunk.length > 0) {
      const young = await withoutExpired(parts, mapping, chunk, delivery, failures, last)
      if (young.length === 0) break
      chunk = young
      last = await tryOnce(parts, mapping, chunk, delivery, failures + 1)
      const { outcome } = last
      if (outcome.kind === 'success') {
        await delivery.settled(chunk, outcome.response)
        break
      }
      if (outcome.kind === 'partial') {
        if (outcome.from > 0) await delivery.settled(chunk.slice(0, outcome.from), undefined)
        chunk = chunk.slice(outcome.from)
      } else if (mapping.bisectBatchOnFunctionError && chunk.length > 1) {
        // A half is a batch of its own: its tries are counted anew.
        const middle = Math.ceil(chunk.length / 2)
        waiting.unshift(chunk.slice(0, middle), chunk.slice(middle))
        break
      }
      failures++
      if (mapping.maximumRetryAttempts >= 0 && failures > mapping.maximumRetryAttempts) {
        await discard(parts, mapping, chunk, delivery, 'RetryAttemptsExhausted', failures, last)
        break
      }
      await alarm.rest(Math.min(longestWait, firstWait * 2 ** Math.min(failures - 1, 20)))
    }
    if (alarm.stopped) return
  }
}

async function tryOnce(
  parts: PollerParts,
  mapping: StreamMapping,
  records: readonly EventRecord[],
  { shardId, event, missing }: Delivery,
  number: number,
): Promise<BatchTry> {
  const attempt = await invokeBatch(parts, mapping, { shardId, event: event(records), records, number })
  const lack = attempt.outcome.kind === 'success' ? missing?.(attempt.outcome.response) : undefined
  return lack === undefined ? attempt : { ...attempt, outcome: { kind: 'failure', reason: lack } }
}

/** Gives up the records that are older than the mapping or the stream allows, and answers the rest. */
async function withoutExpired(
  parts: PollerParts,
  mapping: StreamMapping,
  records: readonly EventRecord[],
  delivery: Delivery,
  failures: number,
  last: BatchTry | undefined,
): Promise<readonly EventRecord[]> {
  const limit = mapping.maximumRecordAgeInSeconds < 0 ? streamRetention : mapping.maximumRecordAgeInSeconds
  const oldest = Math.floor(parts.clock.now() / 1000) - limit
  const first = records.findIndex(record => record.dynamodb.ApproximateCreationDateTime >= oldest)
  if (first === 0) return records
  const old = first === -1 ? records : records.slice(0, first)
  await discard(parts, mapping, old, delivery, 'RecordAgeExceeded', failures, last)
  return records.slice(old.length)
}

async function discard(
  parts: PollerParts,
  mapping: StreamMapping,
  records: readonly EventRecord[],
  { shardId, event, settled }: Delivery,
  condition: DiscardCondition,
  invokeCount: number,
  last: BatchTry | undefined,
): Promise<void> {
  const { clock, ids, log, deliver } = parts
  const report = failureReport(mapping, shardId, records, {
    condition,
    invokeCount,
    requestId: last?.requestId ?? ids.uuid(),
    executedVersion: last?.executedVersion ?? '$LATEST',
    functionError: last?.functionError,
    now: clock.now(),
  })
  log.warn(
    { mapping: mapping.uuid, shardId, records: records.length },
    `${mapping.functionName}: a batch was given up (${condition})`,
  )
  if (mapping.onFailure !== undefined) {
    try {
      await deliver({
        target: mapping.onFailure,
        body: JSON.stringify(report),
        event: event(records),
        key: `${reportKey(mapping.uuid, shardId, clock.now())}-${ids.uuid()}`,
        cause: last?.cause ?? '',
      })
    } catch (error) {
      log.error({ err: error, target: mapping.onFailure }, 'A report of discarded records was not delivered')
    }
  }
  await settled(records, undefined)
}

/** `aws/lambda/<uuid>/<shardId>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS`; a random UUID follows, for several may be given up in a second. */
function reportKey(uuid: string, shardId: string, now: number): string {
  const time = new Date(now).toISOString()
  return `aws/lambda/${uuid}/${shardId}/${time.slice(0, 10).replaceAll('-', '/')}/${time.slice(0, 19).replaceAll(':', '.')}`
}
