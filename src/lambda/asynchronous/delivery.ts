import type { InvocationResult } from '../../ports/index.ts'
import type { QueuedEvent } from './queued-event.ts'

/** How a function wants its asynchronous events treated: PutFunctionEventInvokeConfig and the dead-letter queue. */
export interface AsynchronousConfiguration {
  /** 0 to 2. */
  readonly maximumRetryAttempts?: number
  /** 60 to 21,600. */
  readonly maximumEventAgeInSeconds?: number
  /** ARNs. */
  readonly onSuccess?: string
  readonly onFailure?: string
  readonly deadLetter?: string
}

/** Why an event came to its end. */
export type Condition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded' | 'RecursiveInvocation'

/** Something for a queue, topic, bus or function: who brings it there is the simulator's affair. */
export interface Delivery {
  /** The destination's ARN. */
  readonly target: string
  readonly source: 'destination' | 'dead-letter'
  readonly condition: Condition
  readonly functionArn: string
  /** The text to send: the invocation record, or for a dead-letter queue the event itself. */
  readonly body: string
  /** Message attributes of a dead-letter queue. */
  readonly attributes: Readonly<Record<string, string>>
  /** The journal record that led here. */
  readonly cause?: string
  readonly traceId?: string
}

/** The end of an event. */
export interface Outcome {
  readonly event: QueuedEvent
  readonly condition: Condition
  readonly functionArn: string
  /** Simulated milliseconds since 1970. */
  readonly now: number
  readonly result?: InvocationResult
}

function jsonOrText(bytes: Uint8Array): unknown {
  const text = Buffer.from(bytes).toString()
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-async-destinations */
function invocationRecord({ event, condition, functionArn, now, result }: Outcome): string {
  return JSON.stringify({
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    requestContext: {
      requestId: event.requestId,
      functionArn,
      condition,
      approximateInvokeCount: event.attempts,
    },
    requestPayload: jsonOrText(Buffer.from(event.payload, 'base64')),
    ...(result && {
      responseContext: {
        statusCode: result.statusCode,
        executedVersion: result.executedVersion,
        ...(result.functionError && { functionError: result.functionError }),
      },
      responsePayload: jsonOrText(result.payload),
    }),
  })
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-dlq */
function deadLetterAttributes({ event, condition, result }: Outcome): Record<string, string> {
  const answer = result && jsonOrText(result.payload)
  const message =
    typeof answer === 'object' && answer !== null && 'errorMessage' in answer
      ? String(answer.errorMessage)
      : condition
  return {
    RequestID: event.requestId,
    ErrorCode: String(result?.statusCode ?? 429),
    ErrorMessage: message.slice(0, 1024),
  }
}

/** What has to be sent where, now that an event has come to its end. */
export function deliveriesOf(outcome: Outcome, configuration: AsynchronousConfiguration): Delivery[] {
  const { event, condition, functionArn } = outcome
  const common = {
    condition,
    functionArn,
    ...(event.cause !== undefined && { cause: event.cause }),
    ...(event.traceId !== undefined && { traceId: event.traceId }),
  }
  const deliveries: Delivery[] = []
  const failed = condition !== 'Success'
  const target = failed ? configuration.onFailure : configuration.onSuccess
  if (target !== undefined)
    deliveries.push({
      ...common,
      target,
      source: 'destination',
      body: invocationRecord(outcome),
      attributes: {},
    })
  if (failed && configuration.deadLetter !== undefined)
    deliveries.push({
      ...common,
      target: configuration.deadLetter,
      source: 'dead-letter',
      body: Buffer.from(event.payload, 'base64').toString(),
      attributes: deadLetterAttributes(outcome),
    })
  return deliveries
}
