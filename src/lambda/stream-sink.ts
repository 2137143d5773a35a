import type { Invocation } from '../ports/index.ts'
import type { StreamSink } from './environment-outcome.ts'

/** Hands a response on as the function writes it, where the caller wants that. */
export function createStreamSink(invocation: Invocation): StreamSink | undefined {
  const { onChunk } = invocation
  if (!onChunk) return undefined
  return { start() {}, chunk: onChunk }
}
