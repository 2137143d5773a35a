import type { GetGroupRequest, GetGroupResponse } from '@aws-sdk/client-iam'
import { groups, required } from '../entities.ts'
import { page } from '../pages.ts'
import { groupShape, userShape } from '../shapes.ts'
import { type Operation, read, tables } from '../state.ts'

/** The group with its members. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetGroup.html */
export const GetGroup: Operation<GetGroupRequest, GetGroupResponse> = (context, input) =>
  read(context, reader => {
    const group = required(groups, reader, context, input.GroupName ?? '')
    const members = [...tables.users.under(reader, context.account)]
      .map(([, user]) => user)
      .filter(user => user.groups.includes(group.groupName))
    const { items, ...rest } = page(members, user => user.userName, input)
    return { Group: groupShape(group), Users: items.map(user => userShape(user, false)), ...rest }
  })
