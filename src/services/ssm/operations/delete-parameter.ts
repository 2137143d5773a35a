import type { DeleteParameterRequest, DeleteParameterResult } from '@aws-sdk/client-ssm'
import { parameterNotFound } from '../errors.ts'
import type { Operation } from '../state.ts'
import { DeleteParameters } from './delete-parameters.ts'

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteParameter.html */
export const DeleteParameter: Operation<DeleteParameterRequest, DeleteParameterResult> = async (
  context,
  input,
) => {
  const { InvalidParameters } = await DeleteParameters(context, { Names: [input.Name ?? ''] })
  if (InvalidParameters?.length) throw parameterNotFound()
  return {}
}
