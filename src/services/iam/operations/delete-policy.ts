import type { DeletePolicyRequest } from '@aws-sdk/client-iam'
import { deleteConflict } from '../errors.ts'
import { countUses, ownPolicy, usesOf } from '../managed-policies.ts'
import { type Operation, tables, write } from '../state.ts'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html */
export const DeletePolicy: Operation<DeletePolicyRequest, undefined> = (context, input) =>
  write(context, writer => {
    const policy = ownPolicy(writer, context, input.PolicyArn ?? '')
    const uses = countUses(usesOf(writer, context, policy.arn))
    if (uses.attached + uses.boundary > 0)
      throw deleteConflict('Cannot delete a policy attached to entities.')
    if (policy.versions.length > 1)
      throw deleteConflict(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      )
    tables.policies.remove(writer, context.account, policy.arn)
    return undefined
  })
