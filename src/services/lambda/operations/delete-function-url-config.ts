import type { DeleteFunctionUrlConfigRequest } from '@aws-sdk/client-lambda'
import { noSuchResource } from '../errors.ts'
import { keyOf } from '../names.ts'
import { type Operation, urls } from '../state.ts'
import { urlHolder } from '../url/url-rules.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionUrlConfig.html */
export const DeleteFunctionUrlConfig: Operation<DeleteFunctionUrlConfigRequest, object> = async (
  context,
  input,
) => {
  const holder = urlHolder(context, input.FunctionName, input.Qualifier)
  return await context.state.store.transaction(writer => {
    if (!urls.remove(writer, ...keyOf(holder), holder.qualifier ?? '')) throw noSuchResource()
    return {}
  })
}
