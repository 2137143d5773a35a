import type {
  PutFunctionRecursionConfigRequest,
  PutFunctionRecursionConfigResponse,
} from '@aws-sdk/client-lambda'
import { change } from '../deployed.ts'
import { getLatest } from '../find.ts'
import { parseUnqualified } from '../names.ts'
import { type Operation, recursions } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionRecursionConfig.html */
export const PutFunctionRecursionConfig: Operation<
  PutFunctionRecursionConfigRequest,
  PutFunctionRecursionConfigResponse
> = async (context, input) => {
  const { state } = context
  const name = parseUnqualified(input.FunctionName)
  const { RecursiveLoop = 'Terminate' } = input
  return await change(state, writer => {
    getLatest(writer, state.host, context, name)
    recursions.put(writer, RecursiveLoop, name)
    return { RecursiveLoop }
  })
}
