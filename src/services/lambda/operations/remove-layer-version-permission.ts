import type { RemoveLayerVersionPermissionRequest } from '@aws-sdk/client-lambda'
import { preconditionFailed, resourceNotFound } from '../errors.ts'
import { checkLayerExists, checkLayerVersion, layerPolicyKey, parseLayer } from '../layer-rules.ts'
import { type Operation, policies } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_RemoveLayerVersionPermission.html */
export const RemoveLayerVersionPermission: Operation<RemoveLayerVersionPermissionRequest, object> = async (
  context,
  input,
) => {
  const { state } = context
  const layer = parseLayer(context, input.LayerName)
  const version = checkLayerVersion(input.VersionNumber)
  return await state.store.transaction(writer => {
    checkLayerExists(writer, layer, version)
    const before = policies.get(writer, ...layerPolicyKey(layer, version))
    const statements = (before?.statements ?? []).filter(({ Sid }) => Sid !== input.StatementId)
    if (before === undefined || statements.length === before.statements.length)
      throw resourceNotFound(`Statement ${input.StatementId} is not found in resource policy.`)
    if (input.RevisionId !== undefined && input.RevisionId !== before.revision)
      throw preconditionFailed('GetLayerPolicy')
    if (statements.length === 0) policies.remove(writer, ...layerPolicyKey(layer, version))
    else policies.put(writer, { statements, revision: state.ids.uuid() }, ...layerPolicyKey(layer, version))
    return {}
  })
}
