import type { FunctionEventInvokeConfig, GetFunctionEventInvokeConfigRequest } from '@aws-sdk/client-lambda'
import { eventInvokeAnswer, noEventInvokeConfig, qualified } from '../event-invoke.ts'
import { keyOf } from '../names.ts'
import { eventInvokes, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionEventInvokeConfig.html */
export const GetFunctionEventInvokeConfig: Operation<
  GetFunctionEventInvokeConfigRequest,
  FunctionEventInvokeConfig
> = async (context, input) => {
  const reference = qualified(context, input.FunctionName, input.Qualifier)
  const { qualifier } = reference
  const record = await context.state.store.read(reader =>
    eventInvokes.get(reader, ...keyOf(reference), qualifier),
  )
  if (record === undefined) throw noEventInvokeConfig(reference)
  return eventInvokeAnswer(reference, record)
}
