import type {
  AddLayerVersionPermissionRequest,
  AddLayerVersionPermissionResponse,
} from '@aws-sdk/client-lambda'
import { preconditionFailed, resourceConflict } from '../errors.ts'
import { checkLayerExists, checkLayerVersion, layerPolicyKey, parseLayer } from '../layer-rules.ts'
import { layerArnOf } from '../names.ts'
import { statementOf } from '../policy.ts'
import { type Operation, policies } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddLayerVersionPermission.html */
export const AddLayerVersionPermission: Operation<
  AddLayerVersionPermissionRequest,
  AddLayerVersionPermissionResponse
> = async (context, input) => {
  const { state } = context
  const layer = parseLayer(context, input.LayerName)
  const version = checkLayerVersion(input.VersionNumber)
  const { StatementId, Action, Principal, OrganizationId } = input
  const statement = statementOf(
    { FunctionName: layer.name, StatementId, Action, Principal, PrincipalOrgID: OrganizationId },
    layerArnOf(layer, layer.name, version),
  )
  return await state.store.transaction(writer => {
    checkLayerExists(writer, layer, version)
    const before = policies.get(writer, ...layerPolicyKey(layer, version))
    if (input.RevisionId !== undefined && input.RevisionId !== before?.revision)
      throw preconditionFailed('GetLayerPolicy')
    const statements = before?.statements ?? []
    if (statements.some(({ Sid }) => Sid === StatementId))
      throw resourceConflict(
        `The statement id (${StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
      )
    const revision = state.ids.uuid()
    policies.put(
      writer,
      { statements: [...statements, statement], revision },
      ...layerPolicyKey(layer, version),
    )
    return { Statement: JSON.stringify(statement), RevisionId: revision }
  })
}
