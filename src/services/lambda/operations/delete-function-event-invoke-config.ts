import type { DeleteFunctionEventInvokeConfigRequest } from '@aws-sdk/client-lambda'
import { change } from '../deployed.ts'
import { noEventInvokeConfig, qualified } from '../event-invoke.ts'
import { keyOf } from '../names.ts'
import { eventInvokes, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionEventInvokeConfig.html */
export const DeleteFunctionEventInvokeConfig: Operation<
  DeleteFunctionEventInvokeConfigRequest,
  object
> = async (context, input) => {
  const reference = qualified(context, input.FunctionName, input.Qualifier)
  return await change(context.state, writer => {
    if (!eventInvokes.remove(writer, ...keyOf(reference), reference.qualifier))
      throw noEventInvokeConfig(reference)
    return {}
  })
}
