import type { FunctionEventInvokeConfig, PutFunctionEventInvokeConfigRequest } from '@aws-sdk/client-lambda'
import { change } from '../deployed.ts'
import { invalidParameter } from '../errors.ts'
import {
  checkDestinations,
  checkEventInvoke,
  eventInvokeAnswer,
  eventInvokeMembers,
  qualified,
} from '../event-invoke.ts'
import { eventInvokes, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html */
export const PutFunctionEventInvokeConfig: Operation<
  PutFunctionEventInvokeConfigRequest,
  FunctionEventInvokeConfig
> = async (context, input) => {
  const { state, now } = context
  const reference = qualified(input.FunctionName, input.Qualifier)
  const { name, qualifier } = reference
  const members = eventInvokeMembers(input)
  if (Object.keys(members).length === 0 && input.DestinationConfig === undefined)
    throw invalidParameter('You must specify at least one of error handling or destination setting.')
  return await change(state, writer => {
    checkEventInvoke(writer, state, reference)
    checkDestinations(writer, state, context, name, input.DestinationConfig)
    const record = { ...members, modified: now }
    eventInvokes.put(writer, record, name, qualifier)
    return eventInvokeAnswer(context, reference, record)
  })
}
