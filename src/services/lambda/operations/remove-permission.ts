import type { RemovePermissionRequest } from '@aws-sdk/client-lambda'
import { change } from '../deployed.ts'
import { aliasNotFound, preconditionFailed, resourceNotFound } from '../errors.ts'
import { findLatest } from '../find.ts'
import { arnOf, isVersion, keyOf, latest, parseName } from '../names.ts'
import { policyOf } from '../policy.ts'
import { aliases, type Operation, policies } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_RemovePermission.html */
export const RemovePermission: Operation<RemovePermissionRequest, object> = async (context, input) => {
  const { state } = context
  const reference = parseName(context, input.FunctionName, input.Qualifier)
  return await change(state, writer => {
    const key = [...keyOf(reference), reference.qualifier ?? ''] as const
    const { qualifier = latest, ...unqualified } = reference
    if (findLatest(writer, state.host, reference) === undefined)
      throw resourceNotFound(`No policy found for: ${arnOf(unqualified)}`)
    if (!isVersion(qualifier) && aliases.get(writer, ...keyOf(reference), qualifier) === undefined)
      throw aliasNotFound(arnOf(reference))
    const before = policyOf(writer, reference)
    if (before === undefined) throw resourceNotFound('No policy is associated with the given resource.')
    const statements = before.statements.filter(({ Sid }) => Sid !== input.StatementId)
    if (statements.length === before.statements.length)
      throw resourceNotFound(`Statement ${input.StatementId} is not found in resource policy.`)
    if (input.RevisionId !== undefined && input.RevisionId !== before.revision)
      throw preconditionFailed('GetPolicy')
    if (statements.length === 0) policies.remove(writer, ...key)
    else policies.put(writer, { statements, revision: state.ids.uuid() }, ...key)
    return {}
  })
}
