import type { AddUserToGroupRequest } from '@aws-sdk/client-iam'
import { change, groups, required, users } from '../entities.ts'
import { limitExceeded } from '../errors.ts'
import { type Operation, write } from '../state.ts'

const perUser = 10

/** Adding a member twice does nothing. https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html */
export const AddUserToGroup: Operation<AddUserToGroupRequest, undefined> = (context, input) =>
  write(context, writer => {
    const group = required(groups, writer, context, input.GroupName ?? '').groupName
    change(users, writer, context, input.UserName ?? '', user => {
      if (user.groups.includes(group)) return user
      if (user.groups.length >= perUser) throw limitExceeded('GroupsPerUser', perUser)
      return { ...user, groups: [...user.groups, group] }
    })
    return undefined
  })
