import type { GetParametersRequest, GetParametersResult, Parameter } from '@aws-sdk/client-ssm'
import { AwsError, type OperationContext } from '../../../aws/index.ts'
import type { Operation, SsmState } from '../state.ts'
import { GetParameter } from './get-parameter.ts'

/** Errors that say of one name that it is not there. */
const missing = new Set(['ParameterNotFound', 'ParameterVersionNotFound'])

async function find(
  context: OperationContext<SsmState>,
  name: string,
  withDecryption: boolean,
): Promise<Parameter | undefined> {
  try {
    return (await GetParameter(context, { Name: name, WithDecryption: withDecryption })).Parameter
  } catch (error) {
    if (error instanceof AwsError && missing.has(error.code)) return undefined
    throw error
  }
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
export const GetParameters: Operation<GetParametersRequest, GetParametersResult> = async (context, input) => {
  const names = [...new Set(input.Names ?? [])]
  const found = await Promise.all(names.map(name => find(context, name, input.WithDecryption ?? false)))
  return {
    Parameters: found.filter(parameter => parameter !== undefined),
    InvalidParameters: names.filter((_, at) => found[at] === undefined),
  }
}
