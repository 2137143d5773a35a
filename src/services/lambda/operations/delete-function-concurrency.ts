import type { DeleteFunctionConcurrencyRequest } from '@aws-sdk/client-lambda'
import { change } from '../deployed.ts'
import { getLatest } from '../find.ts'
import { keyOf, parseUnqualified } from '../names.ts'
import { type Operation, reservations } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionConcurrency.html */
export const DeleteFunctionConcurrency: Operation<DeleteFunctionConcurrencyRequest, object> = async (
  context,
  input,
) => {
  const { state } = context
  const reference = parseUnqualified(context, input.FunctionName)
  return await change(state, writer => {
    getLatest(writer, state.host, reference)
    reservations.remove(writer, ...keyOf(reference))
    return {}
  })
}
