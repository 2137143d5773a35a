import type { ListUsersRequest, ListUsersResponse } from '@aws-sdk/client-iam'
import { page } from '../pages.ts'
import { userShape } from '../shapes.ts'
import { type Operation, read, tables } from '../state.ts'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html */
export const ListUsers: Operation<ListUsersRequest, ListUsersResponse> = (context, input) =>
  read(context, reader => {
    const all = [...tables.users.under(reader, context.account)]
      .map(([, user]) => user)
      .filter(user => user.path.startsWith(input.PathPrefix ?? '/'))
    const { items, ...rest } = page(all, user => user.userName, input)
    return { Users: items.map(user => userShape(user, false)), ...rest }
  })
