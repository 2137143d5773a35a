import type {
  InvokeWithResponseStreamRequest,
  InvokeWithResponseStreamResponse,
  InvokeWithResponseStreamResponseEvent,
} from '@aws-sdk/client-lambda'
import { createEventChannel } from '../event-channel.ts'
import { logTail } from '../log-tail.ts'
import { arnOf, parseName } from '../names.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html */
export const InvokeWithResponseStream: Operation<
  InvokeWithResponseStreamRequest,
  InvokeWithResponseStreamResponse
> = async (context, input) => {
  const { state, requestId, trace } = context
  const traceId = context.http.headers['x-amzn-trace-id']
  const { qualifier, ...reference } = parseName(context, input.FunctionName, input.Qualifier)
  const invocation = {
    functionName: arnOf(reference),
    exact: true as const,
    ...(qualifier !== undefined && { qualifier }),
    payload: (input.Payload as Uint8Array | undefined) ?? new Uint8Array(0),
    requestId,
    ...(input.ClientContext !== undefined && { clientContext: input.ClientContext }),
    ...(traceId !== undefined && { traceId }),
    ...(trace !== undefined && { cause: trace }),
  }
  if (input.InvocationType === 'DryRun') {
    const { statusCode, executedVersion } = await state.host.invoke({
      ...invocation,
      invocationType: 'DryRun',
    })
    return { StatusCode: statusCode, ExecutedVersion: executedVersion }
  }
  const channel = createEventChannel<InvokeWithResponseStreamResponseEvent>()
  let streamed = false
  const push = (Payload: Uint8Array): void => {
    streamed = true
    channel.push({ PayloadChunk: { Payload: Payload as Uint8Array<ArrayBuffer> } })
  }
  const running = state.host.invoke({
    ...invocation,
    invocationType: 'RequestResponse',
    onChunk: push,
  })
  // Whoever may not run answers before the stream begins; so does a function that is done by then.
  const first = await Promise.race([running, channel.first])
  void running.then(
    result => {
      if (!streamed && !result.functionError) push(result.payload)
      channel.push({
        InvokeComplete: {
          ...(result.functionError && {
            ErrorCode: result.functionError,
            ErrorDetails: Buffer.from(result.payload).toString(),
          }),
          ...(input.LogType === 'Tail' && { LogResult: logTail(result.log) }),
        },
      })
      channel.end()
    },
    error => channel.fail(error),
  )
  return {
    StatusCode: 200,
    ExecutedVersion: first === undefined ? (qualifier ?? '$LATEST') : first.executedVersion,
    ResponseStreamContentType: 'application/octet-stream',
    EventStream: channel.events,
  }
}
