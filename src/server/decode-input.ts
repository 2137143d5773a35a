import { AwsError, noBytes, type WireRequest } from '../aws/index.ts'
import type { CallPlan } from './call-plan.ts'

/** An input, and what is wrong with the document that was to be a part of it. */
export interface DecodedInput {
  readonly input: unknown
  readonly malformed: AwsError | undefined
}

/** Reads an input. S3 looks for the bucket and asks its policies before it complains of a document (recorded). */
export function decodeInput({ codec, operation, read }: CallPlan, wire: WireRequest): DecodedInput {
  const own = read?.(wire.body as Uint8Array)
  if (own !== undefined) return { input: own, malformed: undefined }
  try {
    return { input: codec.decode(operation, wire), malformed: undefined }
  } catch (error) {
    if (!(error instanceof AwsError && error.code === 'MalformedXML')) throw error
    return { input: codec.decode(operation, { ...wire, body: noBytes }), malformed: error }
  }
}
