import type { FunctionEventInvokeConfig, GetFunctionEventInvokeConfigRequest } from '@aws-sdk/client-lambda'
import { eventInvokeAnswer, noEventInvokeConfig, qualified } from '../event-invoke.ts'
import { eventInvokes, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionEventInvokeConfig.html */
export const GetFunctionEventInvokeConfig: Operation<
  GetFunctionEventInvokeConfigRequest,
  FunctionEventInvokeConfig
> = async (context, input) => {
  const reference = qualified(input.FunctionName, input.Qualifier)
  const { name, qualifier } = reference
  const record = await context.state.store.read(reader => eventInvokes.get(reader, name, qualifier))
  if (record === undefined) throw noEventInvokeConfig(context, reference)
  return eventInvokeAnswer(context, reference, record)
}
