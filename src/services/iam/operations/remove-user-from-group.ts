import type { RemoveUserFromGroupRequest } from '@aws-sdk/client-iam'
import { change, groups, required, users } from '../entities.ts'
import { type Operation, write } from '../state.ts'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveUserFromGroup.html */
export const RemoveUserFromGroup: Operation<RemoveUserFromGroupRequest, undefined> = (context, input) =>
  write(context, writer => {
    const group = required(groups, writer, context, input.GroupName ?? '').groupName
    change(users, writer, context, input.UserName ?? '', user => ({
      ...user,
      groups: user.groups.filter(name => name !== group),
    }))
    return undefined
  })
