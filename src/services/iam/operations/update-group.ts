import type { UpdateGroupRequest } from '@aws-sdk/client-iam'
import { groups, required } from '../entities.ts'
import { alreadyExists } from '../errors.ts'
import { checkedPath } from '../paths.ts'
import { entityArn, type Operation, tables, write } from '../state.ts'

/** Renames or moves a group with its members. https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateGroup.html */
export const UpdateGroup: Operation<UpdateGroupRequest, undefined> = (context, input) =>
  write(context, writer => {
    const { account } = context
    const name = input.GroupName ?? ''
    const group = required(groups, writer, context, name)
    const groupName = input.NewGroupName ?? name
    if (groupName !== name && tables.groups.get(writer, account, groupName) !== undefined)
      throw alreadyExists(`Group with name ${groupName} already exists.`)
    const path = input.NewPath === undefined ? group.path : checkedPath(input.NewPath)
    tables.groups.remove(writer, account, name)
    const renamed = { ...group, groupName, path, arn: entityArn(account, 'group', path, groupName) }
    tables.groups.put(writer, renamed, account, groupName)
    for (const [, user] of [...tables.users.under(writer, account)]) {
      if (!user.groups.includes(name)) continue
      const members = user.groups.map(member => (member === name ? groupName : member))
      tables.users.put(writer, { ...user, groups: members }, account, user.userName)
    }
    return undefined
  })
