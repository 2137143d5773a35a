import type { GetSecretValueRequest, GetSecretValueResponse } from '@aws-sdk/client-secrets-manager'
import { noteAccess } from '../accessed.ts'
import { findValue, valueAnswer } from '../read-value.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html */
export const GetSecretValue: Operation<GetSecretValueRequest, GetSecretValueResponse> = async (
  context,
  input,
) => {
  const found = await context.state.store.read(reader => findValue(reader, input, context))
  await noteAccess(context.state, [found], context.now)
  return valueAnswer(found)
}
