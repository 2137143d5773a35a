import type { InvocationResult } from '../../ports/index.ts'
import type { EventRecord } from './batch-reader.ts'

/** What an invocation says of its batch. */
export type BatchOutcome =
  | { readonly kind: 'success'; readonly response: unknown }
  /** From this record on everything is tried again. */
  | { readonly kind: 'partial'; readonly from: number }
  | { readonly kind: 'failure'; readonly reason: string }

/** Reads the function's answer. https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html */
export function outcomeOf(
  result: Pick<InvocationResult, 'functionError' | 'payload'>,
  records: readonly EventRecord[],
  reportsItems: boolean,
): BatchOutcome {
  if (result.functionError !== undefined) return { kind: 'failure', reason: result.functionError }
  const response = parsed(result.payload)
  if (!reportsItems) return { kind: 'success', response }
  const failures = isObject(response) ? response['batchItemFailures'] : undefined
  if (failures === undefined || failures === null || (Array.isArray(failures) && failures.length === 0))
    return { kind: 'success', response }
  if (!Array.isArray(failures)) return { kind: 'failure', reason: 'batchItemFailures is no list' }
  let from = records.length
  for (const failure of failures) {
    const id: unknown = isObject(failure) ? failure['itemIdentifier'] : undefined
    const at = records.findIndex(record => record.dynamodb.SequenceNumber === id)
    // A number that names no record of the batch says nothing that could be trusted: all of it is tried again.
    if (at === -1) return { kind: 'failure', reason: 'an itemIdentifier names no record of the batch' }
    from = Math.min(from, at)
  }
  return { kind: 'partial', from }
}

function parsed(payload: Uint8Array): unknown {
  const text = Buffer.from(payload).toString()
  return text === '' ? undefined : JSON.parse(text)
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
