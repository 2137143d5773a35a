import type { DeleteRoleRequest } from '@aws-sdk/client-iam'
import { required, roles } from '../entities.ts'
import { deleteConflict } from '../errors.ts'
import { type Operation, tables, write } from '../state.ts'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html */
export const DeleteRole: Operation<DeleteRoleRequest, undefined> = (context, input) =>
  write(context, writer => {
    const { account } = context
    const name = input.RoleName ?? ''
    const role = required(roles, writer, context, name)
    for (const [, profile] of tables.instanceProfiles.under(writer, account))
      if (profile.roleName === name)
        throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.')
    if (role.attachedPolicies.length > 0)
      throw deleteConflict('Cannot delete entity, must detach all policies first.')
    if (Object.keys(role.inlinePolicies).length > 0)
      throw deleteConflict('Cannot delete entity, must delete policies first.')
    tables.roles.remove(writer, account, name)
    return undefined
  })
