/** What a caller sees of a function that failed: the payload under `X-Amz-Function-Error`. */
export interface FunctionError {
  readonly payload: Uint8Array
  readonly errorType: string
}

function functionError(errorType: string, errorMessage: string): FunctionError {
  return { errorType, payload: Buffer.from(JSON.stringify({ errorType, errorMessage })) }
}

/** Recorded from AWS in November 2025: `{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: … Error: Task timed out after 1.00 seconds"}`. */
export function timedOut(requestId: string, seconds: number): FunctionError {
  return functionError(
    'Sandbox.Timedout',
    `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
  )
}

/** A runtime that went away; the errorType is `Runtime.OutOfMemory` where the memory limit was the reason. */
export function runtimeExited(requestId: string, message: string, errorType: string): FunctionError {
  return functionError(errorType, `RequestId: ${requestId} Error: ${message}`)
}

/** AWS's limit of a buffered response: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const maximumResponseSize = 6_291_556

export function responseTooLarge(): FunctionError {
  return functionError(
    'Function.ResponseSizeTooLarge',
    `Response payload size exceeded maximum allowed payload size (${maximumResponseSize} bytes).`,
  )
}

/** Takes the error that a runtime reported as it is. */
export function reportedError(payload: Uint8Array): FunctionError {
  let errorType = 'Function.Unknown'
  try {
    const parsed: unknown = JSON.parse(Buffer.from(payload).toString())
    if (typeof parsed === 'object' && parsed !== null && 'errorType' in parsed)
      errorType = String(parsed.errorType)
  } catch {
    // A runtime may report anything; the caller gets it as it is.
  }
  return { payload, errorType }
}
