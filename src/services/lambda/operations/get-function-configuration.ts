import type { FunctionConfiguration, GetFunctionConfigurationRequest } from '@aws-sdk/client-lambda'
import { functionConfiguration } from '../answers.ts'
import { getVersion } from '../find.ts'
import { parseName } from '../names.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
export const GetFunctionConfiguration: Operation<
  GetFunctionConfigurationRequest,
  FunctionConfiguration
> = async (context, input) => {
  const { state } = context
  const reference = parseName(context, input.FunctionName, input.Qualifier)
  return await state.store.read(reader =>
    functionConfiguration(reader, reference, getVersion(reader, state.host, reference), reference.qualifier),
  )
}
