import type { ListGroupsForUserRequest, ListGroupsForUserResponse } from '@aws-sdk/client-iam'
import { required, users } from '../entities.ts'
import { page } from '../pages.ts'
import { groupShape } from '../shapes.ts'
import { type Operation, read, tables } from '../state.ts'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html */
export const ListGroupsForUser: Operation<ListGroupsForUserRequest, ListGroupsForUserResponse> = (
  context,
  input,
) =>
  read(context, reader => {
    const user = required(users, reader, context, input.UserName ?? '')
    const all = user.groups.flatMap(name => tables.groups.get(reader, context.account, name) ?? [])
    const { items, ...rest } = page(all, group => group.groupName, input)
    return { Groups: items.map(groupShape), ...rest }
  })
