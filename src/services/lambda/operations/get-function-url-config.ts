import type { GetFunctionUrlConfigRequest, GetFunctionUrlConfigResponse } from '@aws-sdk/client-lambda'
import { keyOf } from '../names.ts'
import { type Operation, urls } from '../state.ts'
import { urlAnswer, urlHolder } from '../url/url-rules.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionUrlConfig.html */
export const GetFunctionUrlConfig: Operation<
  GetFunctionUrlConfigRequest,
  GetFunctionUrlConfigResponse
> = async (context, input) => {
  const { state } = context
  const holder = urlHolder(context, input.FunctionName, input.Qualifier)
  const { qualifier = '' } = holder
  return await state.store.read(reader =>
    urlAnswer(state, holder, urls.get(reader, ...keyOf(holder), qualifier)),
  )
}
