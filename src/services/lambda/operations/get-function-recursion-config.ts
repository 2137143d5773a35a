import type {
  GetFunctionRecursionConfigRequest,
  GetFunctionRecursionConfigResponse,
} from '@aws-sdk/client-lambda'
import { getLatest } from '../find.ts'
import { keyOf, parseUnqualified } from '../names.ts'
import { type Operation, recursions } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionRecursionConfig.html */
export const GetFunctionRecursionConfig: Operation<
  GetFunctionRecursionConfigRequest,
  GetFunctionRecursionConfigResponse
> = async (context, input) => {
  const { state } = context
  const reference = parseUnqualified(context, input.FunctionName)
  return await state.store.read(reader => {
    getLatest(reader, state.host, reference)
    return { RecursiveLoop: recursions.get(reader, ...keyOf(reference)) ?? 'Terminate' }
  })
}
