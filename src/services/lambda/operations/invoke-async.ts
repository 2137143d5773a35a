import type { InvokeAsyncRequest, InvokeAsyncResponse } from '@aws-sdk/client-lambda'
import { arnOf, parseName } from '../names.ts'
import type { Operation } from '../state.ts'

/** The API of 2014, which old command lines still call. https://docs.aws.amazon.com/lambda/latest/api/API_InvokeAsync.html */
export const InvokeAsync: Operation<InvokeAsyncRequest, InvokeAsyncResponse> = async (context, input) => {
  const { qualifier, ...reference } = parseName(context, input.FunctionName)
  const { InvokeArgs } = input
  const chunks: Uint8Array[] = []
  if (InvokeArgs instanceof Uint8Array) chunks.push(InvokeArgs)
  else for await (const chunk of (InvokeArgs ?? []) as AsyncIterable<Uint8Array>) chunks.push(chunk)
  const { trace } = context
  const traceId = context.http.headers['x-amzn-trace-id']
  await context.state.host.invoke({
    functionName: arnOf(reference),
    exact: true as const,
    ...(qualifier !== undefined && { qualifier }),
    invocationType: 'Event',
    payload: Buffer.concat(chunks),
    requestId: context.requestId,
    ...(traceId !== undefined && { traceId }),
    ...(trace !== undefined && { cause: trace }),
  })
  return { Status: 202 }
}
