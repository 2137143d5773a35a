import type { ListGroupsRequest, ListGroupsResponse } from '@aws-sdk/client-iam'
import { page } from '../pages.ts'
import { groupShape } from '../shapes.ts'
import { type Operation, read, tables } from '../state.ts'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroups.html */
export const ListGroups: Operation<ListGroupsRequest, ListGroupsResponse> = (context, input) =>
  read(context, reader => {
    const all = [...tables.groups.under(reader, context.account)]
      .map(([, group]) => group)
      .filter(group => group.path.startsWith(input.PathPrefix ?? '/'))
    const { items, ...rest } = page(all, group => group.groupName, input)
    return { Groups: items.map(groupShape), ...rest }
  })
