import type * as Iam from '@aws-sdk/client-iam'
import { attachable } from '../attachable.ts'
import { change, roles, users, without } from '../entities.ts'
import { noSuchEntity } from '../errors.ts'
import { type Operation, write } from '../state.ts'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPermissionsBoundary.html */
export const PutUserPermissionsBoundary: Operation<Iam.PutUserPermissionsBoundaryRequest, undefined> = (
  context,
  input,
) =>
  write(context, writer => {
    const permissionsBoundary = attachable(writer, context, input.PermissionsBoundary ?? '')
    change(users, writer, context, input.UserName ?? '', user => ({ ...user, permissionsBoundary }))
    return undefined
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUserPermissionsBoundary.html */
export const DeleteUserPermissionsBoundary: Operation<Iam.DeleteUserPermissionsBoundaryRequest, undefined> = (
  context,
  input,
) =>
  write(context, writer => {
    change(users, writer, context, input.UserName ?? '', user => {
      if (user.permissionsBoundary === undefined) throw noBoundary('user', user.userName)
      return without(user, 'permissionsBoundary')
    })
    return undefined
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html */
export const PutRolePermissionsBoundary: Operation<Iam.PutRolePermissionsBoundaryRequest, undefined> = (
  context,
  input,
) =>
  write(context, writer => {
    const permissionsBoundary = attachable(writer, context, input.PermissionsBoundary ?? '')
    change(roles, writer, context, input.RoleName ?? '', role => ({ ...role, permissionsBoundary }))
    return undefined
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html */
export const DeleteRolePermissionsBoundary: Operation<Iam.DeleteRolePermissionsBoundaryRequest, undefined> = (
  context,
  input,
) =>
  write(context, writer => {
    change(roles, writer, context, input.RoleName ?? '', role => {
      if (role.permissionsBoundary === undefined) throw noBoundary('role', role.roleName)
      return without(role, 'permissionsBoundary')
    })
    return undefined
  })

function noBoundary(kind: string, name: string) {
  return noSuchEntity(`The ${kind} with name ${name} has no permissions boundary.`)
}
