import type { EventFacts } from './event-line.ts'
import type { ShownRecord } from './live-view.ts'

/** Sources of asynchronous invocations that are remembered until their invocations end. */
const remembered = 1_000

/** Reads from the journal's records which event reached which function, and how that went. */
export function createEventReader(): (record: ShownRecord) => EventFacts | undefined {
  // By the record that is named as the invocation's cause.
  const sources = new Map<string, Pick<EventFacts, 'source' | 'what'>>()
  return ({ id, cause, kind, time, duration: milliseconds = 0, subject, outcome = {} }) => {
    const text = (member: string): string => String(subject[member] ?? '')
    if (kind === 'event' && 'notification' in subject) {
      sources.set(id, { source: 'S3', what: `${text('bucket')}/${text('key')}  ${text('notification')}` })
      for (const oldest of sources.keys()) {
        if (sources.size <= remembered) break
        sources.delete(oldest)
      }
      return undefined
    }
    if (kind === 'event' && 'functionName' in subject && 'outcome' in outcome) {
      const records = Number(subject['records'])
      return {
        time,
        source: 'STREAM',
        what: `${tableOf(text('eventSourceArn'))}  ${records} record${records === 1 ? '' : 's'}`,
        succeeded: outcome['outcome'] === 'success',
        milliseconds,
        functionName: text('functionName'),
        attempt: Number(subject['attempt'] ?? 1),
      }
    }
    if (kind === 'invocation' && subject['type'] === 'Event') {
      const source = sources.get(cause ?? '') ?? {
        source: 'EVENT',
        what: `invocation ${text('requestId').slice(0, 8)}`,
      }
      const succeeded = outcome['functionError'] === undefined && outcome['error'] === undefined
      return { time, ...source, succeeded, milliseconds, functionName: text('function') }
    }
    return undefined
  }
}

/** `orders` of `arn:aws:dynamodb:…:table/orders/stream/…`. */
const tableOf = (arn: string): string => /:table\/([^/]+)/.exec(arn)?.[1] ?? arn
