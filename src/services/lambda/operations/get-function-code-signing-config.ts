import type {
  GetFunctionCodeSigningConfigRequest,
  GetFunctionCodeSigningConfigResponse,
} from '@aws-sdk/client-lambda'
import { getLatest } from '../find.ts'
import { parseUnqualified } from '../names.ts'
import type { Operation } from '../state.ts'

/** Nothing is signed here; tools that ask (Terraform) hear so. https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionCodeSigningConfig.html */
export const GetFunctionCodeSigningConfig: Operation<
  GetFunctionCodeSigningConfigRequest,
  GetFunctionCodeSigningConfigResponse
> = async (context, input) => {
  const { state } = context
  const reference = parseUnqualified(context, input.FunctionName)
  return await state.store.read(reader => {
    getLatest(reader, state.host, reference)
    return { CodeSigningConfigArn: '', FunctionName: reference.name }
  })
}
