import type { CreateGroupRequest, CreateGroupResponse } from '@aws-sdk/client-iam'
import { type GroupRecord, uniqueId } from '../../../aws/index.ts'
import { alreadyExists } from '../errors.ts'
import { checkedPath } from '../paths.ts'
import { groupShape } from '../shapes.ts'
import { entityArn, type Operation, present, tables, write } from '../state.ts'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateGroup.html */
export const CreateGroup: Operation<CreateGroupRequest, CreateGroupResponse> = (context, input) => {
  const groupName = input.GroupName ?? ''
  const path = checkedPath(input.Path)
  return write(context, writer => {
    if (tables.groups.get(writer, context.account, groupName) !== undefined)
      throw alreadyExists(`Group with name ${groupName} already exists.`)
    const group: GroupRecord = {
      groupName,
      path,
      groupId: uniqueId('AGPA', context.state.ids),
      arn: entityArn(context.account, 'group', path, groupName),
      createDate: present(context),
      inlinePolicies: {},
      attachedPolicies: [],
    }
    tables.groups.put(writer, group, context.account, groupName)
    return { Group: groupShape(group) }
  })
}
