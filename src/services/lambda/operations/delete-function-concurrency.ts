import type { DeleteFunctionConcurrencyRequest } from '@aws-sdk/client-lambda'
import { change } from '../deployed.ts'
import { getLatest } from '../find.ts'
import { parseUnqualified } from '../names.ts'
import { type Operation, reservations } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionConcurrency.html */
export const DeleteFunctionConcurrency: Operation<DeleteFunctionConcurrencyRequest, object> = async (
  context,
  input,
) => {
  const { state } = context
  const name = parseUnqualified(input.FunctionName)
  return await change(state, writer => {
    getLatest(writer, state.host, context, name)
    reservations.remove(writer, name)
    return {}
  })
}
