import type { DeleteGroupRequest } from '@aws-sdk/client-iam'
import { groups, required } from '../entities.ts'
import { deleteConflict } from '../errors.ts'
import { type Operation, tables, write } from '../state.ts'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteGroup.html */
export const DeleteGroup: Operation<DeleteGroupRequest, undefined> = (context, input) =>
  write(context, writer => {
    const { account } = context
    const name = input.GroupName ?? ''
    const group = required(groups, writer, context, name)
    for (const [, user] of tables.users.under(writer, account))
      if (user.groups.includes(name))
        throw deleteConflict('Cannot delete entity, must remove users from group first.')
    if (group.attachedPolicies.length > 0)
      throw deleteConflict('Cannot delete entity, must detach all policies first.')
    if (Object.keys(group.inlinePolicies).length > 0)
      throw deleteConflict('Cannot delete entity, must delete policies first.')
    tables.groups.remove(writer, account, name)
    return undefined
  })
