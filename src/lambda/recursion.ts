import { createHash } from 'node:crypto'
import { partOf } from './trace-id.ts'

/** After so many turns Lambda stops a loop: https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html */
const mostTurns = 16

/** A short name for a function inside a trace header; the caller keeps it, for hashing takes a while. */
export function lineageHash(arn: string): string {
  return createHash('sha256').update(arn).digest('hex').slice(0, 8)
}

/** How the trace header goes on, and whether the function has been in this chain too often. */
export interface Lineage {
  /** `hash:turns`, several with `|` between them. */
  readonly text: string
  readonly tooOften: boolean
}

/**
 * Counts a function's turns in a chain of requests. SDKs hand the trace header on from one call to the next, which is
 * how a loop over queues, buckets and other functions is seen.
 */
export function nextLineage(traceHeader: string | undefined, own: string): Lineage {
  const carried = partOf(traceHeader, 'Lineage')
  if (carried === undefined) return { text: `${own}:0`, tooOften: false }
  const turns = new Map<string, number>()
  for (const entry of carried.split('|')) {
    const [hash = '', count = ''] = entry.split(':')
    if (/^[0-9a-f]{8}$/.test(hash) && /^\d{1,5}$/.test(count)) turns.set(hash, Number(count))
  }
  const count = (turns.get(own) ?? -1) + 1
  turns.set(own, count)
  return {
    text: [...turns].map(([hash, number]) => `${hash}:${number}`).join('|'),
    tooOften: count >= mostTurns,
  }
}
