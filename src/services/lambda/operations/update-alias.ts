import type { AliasConfiguration, UpdateAliasRequest } from '@aws-sdk/client-lambda'
import { weightsOf } from '../alias-rules.ts'
import { aliasConfiguration } from '../answers.ts'
import { change } from '../deployed.ts'
import { preconditionFailed, resourceNotFound } from '../errors.ts'
import { getLatest, getVersion } from '../find.ts'
import { arnOf, parseUnqualified } from '../names.ts'
import { type AliasRecord, aliases, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html */
export const UpdateAlias: Operation<UpdateAliasRequest, AliasConfiguration> = async (context, input) => {
  const { state } = context
  const name = parseUnqualified(input.FunctionName)
  const { Name: alias = '' } = input
  return await change(state, writer => {
    getLatest(writer, state.host, context, name)
    const before = aliases.get(writer, name, alias)
    if (before === undefined)
      throw resourceNotFound(`Alias not found: ${arnOf(context, { name, qualifier: alias })}`)
    if (input.RevisionId !== undefined && input.RevisionId !== before.revision)
      throw preconditionFailed('GetFunction/GetAlias')
    const version = input.FunctionVersion ?? before.version
    getVersion(writer, state.host, context, { name, qualifier: version })
    const routing = input.RoutingConfig ?? { AdditionalVersionWeights: { ...before.weights } }
    const weights = weightsOf(writer, state, context, name, version, routing)
    const record: AliasRecord = {
      name: alias,
      version,
      description: input.Description ?? before.description,
      revision: state.ids.uuid(),
      ...(weights && { weights }),
    }
    aliases.put(writer, record, name, alias)
    return aliasConfiguration(context, name, record)
  })
}
