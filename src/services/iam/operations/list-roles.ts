import type { ListRolesRequest, ListRolesResponse } from '@aws-sdk/client-iam'
import { page } from '../pages.ts'
import { roleShape } from '../shapes.ts'
import { type Operation, read, tables } from '../state.ts'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html */
export const ListRoles: Operation<ListRolesRequest, ListRolesResponse> = (context, input) =>
  read(context, reader => {
    const all = [...tables.roles.under(reader, context.account)]
      .map(([, role]) => role)
      .filter(role => role.path.startsWith(input.PathPrefix ?? '/'))
    const { items, ...rest } = page(all, role => role.roleName, input)
    return { Roles: items.map(role => roleShape(role, false)), ...rest }
  })
