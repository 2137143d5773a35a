import type { AliasConfiguration, CreateAliasRequest } from '@aws-sdk/client-lambda'
import { weightsOf } from '../alias-rules.ts'
import { aliasConfiguration } from '../answers.ts'
import { change } from '../deployed.ts'
import { aliasExists } from '../errors.ts'
import { getVersion } from '../find.ts'
import { arnOf, keyOf, parseUnqualified } from '../names.ts'
import { type AliasRecord, aliases, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html */
export const CreateAlias: Operation<CreateAliasRequest, AliasConfiguration> = async (context, input) => {
  const { state } = context
  const reference = parseUnqualified(context, input.FunctionName)
  const { Name: alias = '', FunctionVersion: version = '' } = input
  return await change(state, writer => {
    getVersion(writer, state.host, { ...reference, qualifier: version })
    if (aliases.get(writer, ...keyOf(reference), alias))
      throw aliasExists(arnOf({ ...reference, qualifier: alias }))
    const weights = weightsOf(writer, state, reference, version, input.RoutingConfig)
    const record: AliasRecord = {
      name: alias,
      version,
      description: input.Description ?? '',
      revision: state.ids.uuid(),
      ...(weights && { weights }),
    }
    aliases.put(writer, record, ...keyOf(reference), alias)
    return aliasConfiguration(reference, record)
  })
}
