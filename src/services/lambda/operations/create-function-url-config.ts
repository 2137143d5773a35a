import type { CreateFunctionUrlConfigRequest, CreateFunctionUrlConfigResponse } from '@aws-sdk/client-lambda'
import { resourceConflict, resourceNotFound } from '../errors.ts'
import { findVersion } from '../find.ts'
import { arnOf, keyOf } from '../names.ts'
import { type Operation, type UrlRecord, urls } from '../state.ts'
import { urlAnswer, urlHolder } from '../url/url-rules.ts'

const letters = 'abcdefghijklmnopqrstuvwxyz234567'

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunctionUrlConfig.html */
export const CreateFunctionUrlConfig: Operation<
  CreateFunctionUrlConfigRequest,
  CreateFunctionUrlConfigResponse
> = async (context, input) => {
  const { state, now } = context
  const holder = urlHolder(context, input.FunctionName, input.Qualifier)
  const { qualifier = '' } = holder
  return await state.store.transaction(writer => {
    if (findVersion(writer, state.host, holder) === undefined)
      throw resourceNotFound('Function does not exist')
    if (urls.get(writer, ...keyOf(holder), qualifier) !== undefined)
      throw resourceConflict(
        `Failed to create function url config for [functionArn = ${arnOf(holder)}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
      )
    const record: UrlRecord = {
      id: state.ids.token(32, letters),
      authType: input.AuthType ?? 'NONE',
      invokeMode: input.InvokeMode ?? 'BUFFERED',
      created: now,
      modified: now,
      ...(input.Cors && { cors: input.Cors }),
    }
    urls.put(writer, record, ...keyOf(holder), qualifier)
    const { LastModifiedTime: _modified, InvokeMode, ...answer } = urlAnswer(state, holder, record)
    return {
      ...answer,
      ...(input.InvokeMode && InvokeMode && { InvokeMode }),
    } as CreateFunctionUrlConfigResponse
  })
}
