import type { InvocationRequest, InvocationResponse } from '@aws-sdk/client-lambda'
import { logTail } from '../log-tail.ts'
import { arnOf, parseName } from '../names.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export const Invoke: Operation<InvocationRequest, InvocationResponse> = async (context, input) => {
  const { qualifier, ...reference } = parseName(context, input.FunctionName, input.Qualifier)
  const invocationType = input.InvocationType ?? 'RequestResponse'
  const traceId = context.http.headers['x-amzn-trace-id']
  const cause = context.trace
  const result = await context.state.host.invoke({
    functionName: arnOf(reference),
    exact: true as const,
    ...(qualifier !== undefined && { qualifier }),
    invocationType,
    payload: (input.Payload as Uint8Array | undefined) ?? new Uint8Array(0),
    requestId: context.requestId,
    ...(input.ClientContext !== undefined && { clientContext: input.ClientContext }),
    ...(traceId !== undefined && { traceId }),
    ...(cause !== undefined && { cause }),
  })
  if (invocationType !== 'RequestResponse') return { StatusCode: result.statusCode }
  return {
    StatusCode: result.statusCode,
    Payload: result.payload as NonNullable<InvocationResponse['Payload']>,
    ExecutedVersion: result.executedVersion,
    ...(result.functionError && { FunctionError: result.functionError }),
    ...(input.LogType === 'Tail' && { LogResult: logTail(result.log) }),
  }
}
