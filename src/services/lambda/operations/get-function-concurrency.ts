import type { GetFunctionConcurrencyRequest, GetFunctionConcurrencyResponse } from '@aws-sdk/client-lambda'
import { getLatest } from '../find.ts'
import { keyOf, parseUnqualified } from '../names.ts'
import { type Operation, reservations } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConcurrency.html */
export const GetFunctionConcurrency: Operation<
  GetFunctionConcurrencyRequest,
  GetFunctionConcurrencyResponse
> = async (context, input) => {
  const { state } = context
  const reference = parseUnqualified(context, input.FunctionName)
  return await state.store.read(reader => {
    getLatest(reader, state.host, reference)
    const count = reservations.get(reader, ...keyOf(reference))
    return count === undefined ? {} : { ReservedConcurrentExecutions: count }
  })
}
