import type { GetParameterRequest, GetParameterResult } from '@aws-sdk/client-ssm'
import { parameterOf } from '../answers.ts'
import { parseReference } from '../names.ts'
import { findVersion } from '../records.ts'
import { getReferencedSecret, isSecretReference } from '../secret-reference.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html */
export const GetParameter: Operation<GetParameterRequest, GetParameterResult> = async (context, input) => {
  const { state } = context
  const reference = parseReference(input.Name ?? '', context)
  const withDecryption = input.WithDecryption ?? false
  if (isSecretReference(reference))
    return { Parameter: await getReferencedSecret(state, reference, withDecryption) }
  const found = await state.store.read(reader => findVersion(reader, reference))
  return { Parameter: parameterOf(reference, found, withDecryption) }
}
