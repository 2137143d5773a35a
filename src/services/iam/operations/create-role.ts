import type { CreateRoleRequest, CreateRoleResponse } from '@aws-sdk/client-iam'
import { type RoleRecord, uniqueId } from '../../../aws/index.ts'
import { attachable } from '../attachable.ts'
import { checkedDocument, documentSize } from '../documents.ts'
import { alreadyExists, limitExceeded } from '../errors.ts'
import { checkedPath } from '../paths.ts'
import { roleShape } from '../shapes.ts'
import { entityArn, type Operation, present, tables, write } from '../state.ts'
import { addTags } from '../tags.ts'

const trustLimit = 2048

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const CreateRole: Operation<CreateRoleRequest, CreateRoleResponse> = (context, input) => {
  const roleName = input.RoleName ?? ''
  const path = checkedPath(input.Path)
  const assumeRolePolicyDocument = checkedDocument(input.AssumeRolePolicyDocument, 'trust')
  if (documentSize(assumeRolePolicyDocument) > trustLimit) throw limitExceeded('ACLSizePerRole', trustLimit)
  return write(context, writer => {
    if (tables.roles.get(writer, context.account, roleName) !== undefined)
      throw alreadyExists(`Role with name ${roleName} already exists.`)
    const role: RoleRecord = {
      roleName,
      path,
      roleId: uniqueId('AROA', context.state.ids),
      arn: entityArn(context.account, 'role', path, roleName),
      createDate: present(context),
      ...(input.Description === undefined ? {} : { description: input.Description }),
      maxSessionDuration: input.MaxSessionDuration ?? 3600,
      assumeRolePolicyDocument,
      tags: addTags([], input.Tags),
      inlinePolicies: {},
      attachedPolicies: [],
      ...(input.PermissionsBoundary === undefined
        ? {}
        : { permissionsBoundary: attachable(writer, context, input.PermissionsBoundary) }),
    }
    tables.roles.put(writer, role, context.account, roleName)
    return { Role: roleShape(role) }
  })
}
