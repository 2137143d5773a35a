import type { ListEntitiesForPolicyRequest, ListEntitiesForPolicyResponse } from '@aws-sdk/client-iam'
import { requiredPolicy, usesOf } from '../managed-policies.ts'
import { page } from '../pages.ts'
import { type Operation, read, tables } from '../state.ts'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html */
export const ListEntitiesForPolicy: Operation<ListEntitiesForPolicyRequest, ListEntitiesForPolicyResponse> = (
  context,
  input,
) =>
  read(context, reader => {
    const { arn } = requiredPolicy(reader, context, input.PolicyArn ?? '')
    const uses = usesOf(reader, context, arn)
    const boundary = input.PolicyUsageFilter === 'PermissionsBoundary'
    const wanted = (kind: string) => (input.EntityFilter ?? kind) === kind
    const { account } = context
    const all = [
      ...(wanted('User') ? (boundary ? uses.boundaryOfUsers : uses.users) : []).flatMap(name => {
        const user = tables.users.get(reader, account, name)
        return user === undefined ? [] : [{ kind: 'user', name, id: user.userId, path: user.path }]
      }),
      ...(wanted('Role') ? (boundary ? uses.boundaryOfRoles : uses.roles) : []).flatMap(name => {
        const role = tables.roles.get(reader, account, name)
        return role === undefined ? [] : [{ kind: 'role', name, id: role.roleId, path: role.path }]
      }),
      ...(wanted('Group') && !boundary ? uses.groups : []).flatMap(name => {
        const group = tables.groups.get(reader, account, name)
        return group === undefined ? [] : [{ kind: 'group', name, id: group.groupId, path: group.path }]
      }),
    ].filter(entity => entity.path.startsWith(input.PathPrefix ?? '/'))
    const { items, ...rest } = page(all, entity => `${entity.kind}/${entity.name}`, input)
    const of = (kind: string) => items.filter(entity => entity.kind === kind)
    return {
      PolicyGroups: of('group').map(({ name, id }) => ({ GroupName: name, GroupId: id })),
      PolicyUsers: of('user').map(({ name, id }) => ({ UserName: name, UserId: id })),
      PolicyRoles: of('role').map(({ name, id }) => ({ RoleName: name, RoleId: id })),
      ...rest,
    }
  })
