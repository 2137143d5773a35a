import type { CreateUserRequest, CreateUserResponse } from '@aws-sdk/client-iam'
import { type UserRecord, uniqueId } from '../../../aws/index.ts'
import { attachable } from '../attachable.ts'
import { alreadyExists } from '../errors.ts'
import { checkedPath } from '../paths.ts'
import { userShape } from '../shapes.ts'
import { entityArn, type Operation, present, tables, write } from '../state.ts'
import { addTags } from '../tags.ts'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html */
export const CreateUser: Operation<CreateUserRequest, CreateUserResponse> = (context, input) => {
  const userName = input.UserName ?? ''
  const path = checkedPath(input.Path)
  return write(context, writer => {
    if (tables.users.get(writer, context.account, userName) !== undefined)
      throw alreadyExists(`User with name ${userName} already exists.`)
    const user: UserRecord = {
      userName,
      path,
      userId: uniqueId('AIDA', context.state.ids),
      arn: entityArn(context.account, 'user', path, userName),
      createDate: present(context),
      tags: addTags([], input.Tags),
      groups: [],
      inlinePolicies: {},
      attachedPolicies: [],
      ...(input.PermissionsBoundary === undefined
        ? {}
        : { permissionsBoundary: attachable(writer, context, input.PermissionsBoundary) }),
    }
    tables.users.put(writer, user, context.account, userName)
    return { User: userShape(user) }
  })
}
