import type { AddPermissionRequest, AddPermissionResponse } from '@aws-sdk/client-lambda'
import { change } from '../deployed.ts'
import { preconditionFailed, resourceConflict } from '../errors.ts'
import { arnOf, keyOf, parseName } from '../names.ts'
import { checkPolicyHolder, policyOf, policyRevision, statementOf } from '../policy.ts'
import { type Operation, policies } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
export const AddPermission: Operation<AddPermissionRequest, AddPermissionResponse> = async (
  context,
  input,
) => {
  const { state } = context
  const reference = parseName(context, input.FunctionName, input.Qualifier)
  const statement = statementOf(input, arnOf(reference))
  return await change(state, writer => {
    checkPolicyHolder(writer, state, reference)
    const before = policyOf(writer, reference)
    if (input.RevisionId !== undefined && input.RevisionId !== policyRevision(writer, state, reference))
      throw preconditionFailed('GetPolicy')
    const statements = before?.statements ?? []
    if (statements.some(({ Sid }) => Sid === input.StatementId))
      throw resourceConflict(
        `The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
      )
    policies.put(
      writer,
      { statements: [...statements, statement], revision: state.ids.uuid() },
      ...keyOf(reference),
      reference.qualifier ?? '',
    )
    return { Statement: JSON.stringify(statement) }
  })
}
