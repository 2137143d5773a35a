import type {
  PutFunctionRecursionConfigRequest,
  PutFunctionRecursionConfigResponse,
} from '@aws-sdk/client-lambda'
import { change } from '../deployed.ts'
import { getLatest } from '../find.ts'
import { keyOf, parseUnqualified } from '../names.ts'
import { type Operation, recursions } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionRecursionConfig.html */
export const PutFunctionRecursionConfig: Operation<
  PutFunctionRecursionConfigRequest,
  PutFunctionRecursionConfigResponse
> = async (context, input) => {
  const { state } = context
  const reference = parseUnqualified(context, input.FunctionName)
  const { RecursiveLoop = 'Terminate' } = input
  return await change(state, writer => {
    getLatest(writer, state.host, reference)
    recursions.put(writer, RecursiveLoop, ...keyOf(reference))
    return { RecursiveLoop }
  })
}
