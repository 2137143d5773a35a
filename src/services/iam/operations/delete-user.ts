import type { DeleteUserRequest } from '@aws-sdk/client-iam'
import { required, users } from '../entities.ts'
import { deleteConflict } from '../errors.ts'
import { mfaDevices } from '../mfa.ts'
import { type Operation, tables, write } from '../state.ts'

/** Only a user without anything can go. https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteUser.html */
export const DeleteUser: Operation<DeleteUserRequest, undefined> = (context, input) =>
  write(context, writer => {
    const { account } = context
    const name = input.UserName ?? ''
    const user = required(users, writer, context, name)
    const [key] = tables.keysOfUsers.under(writer, account, name)
    if (user.groups.length > 0)
      throw deleteConflict('Cannot delete entity, must remove users from group first.')
    if (user.attachedPolicies.length > 0)
      throw deleteConflict('Cannot delete entity, must detach all policies first.')
    if (Object.keys(user.inlinePolicies).length > 0)
      throw deleteConflict('Cannot delete entity, must delete policies first.')
    if (key !== undefined) throw deleteConflict('Cannot delete entity, must delete access keys first.')
    if (user.loginProfile !== undefined)
      throw deleteConflict('Cannot delete entity, must delete login profile first.')
    if (mfaDevices(writer, context).some(device => device.userName === name))
      throw deleteConflict('Cannot delete entity, must delete MFA device first.')
    tables.users.remove(writer, account, name)
    return undefined
  })
