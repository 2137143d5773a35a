import type { Invocation } from '../ports/index.ts'
import type { StreamSink } from './environment-outcome.ts'

/** https://docs.aws.amazon.com/lambda/latest/dg/config-rs-write-functions.html#config-rs-write-functions-handler */
export const httpContentType = 'application/vnd.awslambda.http-integration-response'
/** Between the metadata and the body stand eight zero bytes. */
const delimiter = Buffer.alloc(8)

/** What a streamed response turned out to have in front. */
export interface StreamHead {
  metadata?: unknown
}

/**
 * Hands a response on as the function writes it, where the caller wants that. Metadata is taken off only for a caller
 * that asks for it; Lambda's own InvokeWithResponseStream passes it on inside the stream.
 */
export function createStreamSink(invocation: Invocation, head: StreamHead): StreamSink | undefined {
  const { onChunk, onStreamMetadata } = invocation
  if (!onChunk) return undefined
  if (!onStreamMetadata) return { start() {}, chunk: onChunk }
  let prelude: Buffer | undefined
  return {
    start(contentType) {
      if (contentType === httpContentType) prelude = Buffer.alloc(0)
    },
    chunk(chunk) {
      if (prelude === undefined) {
        onChunk(chunk)
        return
      }
      prelude = Buffer.concat([prelude, chunk])
      const end = prelude.indexOf(delimiter)
      if (end === -1) return
      const rest = prelude.subarray(end + delimiter.length)
      head.metadata = JSON.parse(prelude.toString('utf8', 0, end))
      prelude = undefined
      onStreamMetadata(head.metadata)
      if (rest.length > 0) onChunk(rest)
    },
  }
}
