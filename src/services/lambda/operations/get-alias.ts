import type { AliasConfiguration, GetAliasRequest } from '@aws-sdk/client-lambda'
import { aliasConfiguration } from '../answers.ts'
import { aliasNotFound } from '../errors.ts'
import { arnOf, keyOf, parseUnqualified } from '../names.ts'
import { aliases, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAlias.html */
export const GetAlias: Operation<GetAliasRequest, AliasConfiguration> = async (context, input) => {
  const reference = parseUnqualified(context, input.FunctionName)
  const { Name: qualifier = '' } = input
  const record = await context.state.store.read(reader => aliases.get(reader, ...keyOf(reference), qualifier))
  if (record === undefined) throw aliasNotFound(arnOf({ ...reference, qualifier }))
  return aliasConfiguration(reference, record)
}
