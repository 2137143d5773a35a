import type {
  PutRuntimeManagementConfigRequest,
  PutRuntimeManagementConfigResponse,
  UpdateRuntimeOn,
} from '@aws-sdk/client-lambda'
import { invalidParameter } from '../errors.ts'
import { getVersion } from '../find.ts'
import { arnOf, keyOf, latest, parseName } from '../names.ts'
import { type Operation, runtimeManagement } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutRuntimeManagementConfig.html */
export const PutRuntimeManagementConfig: Operation<
  PutRuntimeManagementConfigRequest,
  PutRuntimeManagementConfigResponse
> = async (context, input) => {
  const { state } = context
  const reference = parseName(context, input.FunctionName, input.Qualifier)
  const { qualifier = latest } = reference
  const { UpdateRuntimeOn, RuntimeVersionArn } = input
  if (UpdateRuntimeOn === 'Manual' && RuntimeVersionArn === undefined)
    throw invalidParameter('You must provide a RuntimeVersionArn when you set UpdateRuntimeOn to Manual.')
  return await state.store.transaction(writer => {
    getVersion(writer, state.host, reference)
    const record = {
      on: UpdateRuntimeOn ?? 'Auto',
      ...(RuntimeVersionArn !== undefined && { arn: RuntimeVersionArn }),
    }
    runtimeManagement.put(writer, record, ...keyOf(reference), qualifier)
    return {
      FunctionArn: arnOf({ ...reference, qualifier }),
      UpdateRuntimeOn: record.on as UpdateRuntimeOn,
      ...(RuntimeVersionArn !== undefined && { RuntimeVersionArn }),
    }
  })
}
