import type {
  GetRuntimeManagementConfigRequest,
  GetRuntimeManagementConfigResponse,
  UpdateRuntimeOn,
} from '@aws-sdk/client-lambda'
import { getVersion } from '../find.ts'
import { arnOf, keyOf, latest, parseName } from '../names.ts'
import { type Operation, runtimeManagement } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetRuntimeManagementConfig.html */
export const GetRuntimeManagementConfig: Operation<
  GetRuntimeManagementConfigRequest,
  GetRuntimeManagementConfigResponse
> = async (context, input) => {
  const { state } = context
  const reference = parseName(context, input.FunctionName, input.Qualifier)
  const { qualifier = latest } = reference
  return await state.store.read(reader => {
    getVersion(reader, state.host, reference)
    const { on, arn } = runtimeManagement.get(reader, ...keyOf(reference), qualifier) ?? { on: 'Auto' }
    return {
      FunctionArn: arnOf({ ...reference, qualifier }),
      UpdateRuntimeOn: on as UpdateRuntimeOn,
      ...(arn !== undefined && { RuntimeVersionArn: arn }),
    }
  })
}
