import type { AliasConfiguration, UpdateAliasRequest } from '@aws-sdk/client-lambda'
import { weightsOf } from '../alias-rules.ts'
import { aliasConfiguration } from '../answers.ts'
import { change } from '../deployed.ts'
import { preconditionFailed, resourceNotFound } from '../errors.ts'
import { getLatest, getVersion } from '../find.ts'
import { arnOf, keyOf, parseUnqualified } from '../names.ts'
import { type AliasRecord, aliases, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html */
export const UpdateAlias: Operation<UpdateAliasRequest, AliasConfiguration> = async (context, input) => {
  const { state } = context
  const reference = parseUnqualified(context, input.FunctionName)
  const { Name: alias = '' } = input
  return await change(state, writer => {
    getLatest(writer, state.host, reference)
    const before = aliases.get(writer, ...keyOf(reference), alias)
    if (before === undefined)
      throw resourceNotFound(`Alias not found: ${arnOf({ ...reference, qualifier: alias })}`)
    if (input.RevisionId !== undefined && input.RevisionId !== before.revision)
      throw preconditionFailed('GetFunction/GetAlias')
    const version = input.FunctionVersion ?? before.version
    getVersion(writer, state.host, { ...reference, qualifier: version })
    const routing = input.RoutingConfig ?? { AdditionalVersionWeights: { ...before.weights } }
    const weights = weightsOf(writer, state, reference, version, routing)
    const record: AliasRecord = {
      name: alias,
      version,
      description: input.Description ?? before.description,
      revision: state.ids.uuid(),
      ...(weights && { weights }),
    }
    aliases.put(writer, record, ...keyOf(reference), alias)
    return aliasConfiguration(reference, record)
  })
}
