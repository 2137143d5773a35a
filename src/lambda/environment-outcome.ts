import type { FunctionError } from './function-error.ts'

/** How the init phase went. */
export type InitOutcome =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly error: (requestId: string) => FunctionError }
  | { readonly kind: 'timeout' }

/** How an invocation went. */
export interface InvocationOutcome {
  readonly payload: Uint8Array
  readonly error?: FunctionError
  readonly status: 'success' | 'timeout' | 'error'
  /** Milliseconds. */
  readonly duration: number
}

/** Receives a response that is written in chunks. */
export interface StreamSink {
  start(contentType: string): void
  chunk(chunk: Uint8Array): void
}
