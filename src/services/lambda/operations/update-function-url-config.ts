import type { UpdateFunctionUrlConfigRequest, UpdateFunctionUrlConfigResponse } from '@aws-sdk/client-lambda'
import { noSuchResource, resourceNotFound } from '../errors.ts'
import { keyOf } from '../names.ts'
import { type Operation, type UrlRecord, urls } from '../state.ts'
import { holderMissing, urlAnswer, urlHolder } from '../url/url-rules.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionUrlConfig.html */
export const UpdateFunctionUrlConfig: Operation<
  UpdateFunctionUrlConfigRequest,
  UpdateFunctionUrlConfigResponse
> = async (context, input) => {
  const { state, now } = context
  const holder = urlHolder(context, input.FunctionName, input.Qualifier)
  const { qualifier = '' } = holder
  return await state.store.transaction(writer => {
    if (holderMissing(writer, state.host, holder)) throw resourceNotFound('Function does not exist')
    const before = urls.get(writer, ...keyOf(holder), qualifier)
    if (before === undefined) throw noSuchResource()
    const record: UrlRecord = {
      ...before,
      modified: now,
      ...(input.AuthType && { authType: input.AuthType }),
      ...(input.InvokeMode && { invokeMode: input.InvokeMode }),
      ...(input.Cors && { cors: input.Cors }),
    }
    urls.put(writer, record, ...keyOf(holder), qualifier)
    const { InvokeMode, ...answer } = urlAnswer(state, holder, record)
    return {
      ...answer,
      // As recorded: what is buffered because nobody said otherwise is not mentioned.
      ...((input.InvokeMode || InvokeMode !== 'BUFFERED') && InvokeMode && { InvokeMode }),
    } as UpdateFunctionUrlConfigResponse
  })
}
