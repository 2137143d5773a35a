import type { AddPermissionRequest, AddPermissionResponse } from '@aws-sdk/client-lambda'
import { preconditionFailed, resourceConflict } from '../errors.ts'
import { arnOf, parseName } from '../names.ts'
import { checkPolicyHolder, policyOf, statementOf } from '../policy.ts'
import { type Operation, policies } from '../state.ts'

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
export const AddPermission: Operation<AddPermissionRequest, AddPermissionResponse> = async (
  context,
  input,
) => {
  const { state } = context
  const reference = parseName(input.FunctionName, input.Qualifier)
  const statement = statementOf(input, arnOf(context, reference))
  return await state.store.transaction(writer => {
    checkPolicyHolder(writer, state, context, reference)
    const before = policyOf(writer, reference)
    if (input.RevisionId !== undefined && input.RevisionId !== before?.revision)
      throw preconditionFailed('GetPolicy')
    const statements = before?.statements ?? []
    if (statements.some(({ Sid }) => Sid === input.StatementId))
      throw resourceConflict(
        `The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
      )
    const { name, qualifier = '' } = reference
    policies.put(
      writer,
      { statements: [...statements, statement], revision: state.ids.uuid() },
      name,
      qualifier,
    )
    return { Statement: JSON.stringify(statement) }
  })
}
