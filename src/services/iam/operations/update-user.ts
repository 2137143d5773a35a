import type { UpdateUserRequest } from '@aws-sdk/client-iam'
import { required, users } from '../entities.ts'
import { alreadyExists } from '../errors.ts'
import { mfaDevices, putMfaDevice } from '../mfa.ts'
import { checkedPath } from '../paths.ts'
import { entityArn, type Operation, tables, write } from '../state.ts'

/** Renames or moves a user; its id, keys and policies stay. https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html */
export const UpdateUser: Operation<UpdateUserRequest, undefined> = (context, input) =>
  write(context, writer => {
    const { account } = context
    const name = input.UserName ?? ''
    const user = required(users, writer, context, name)
    const userName = input.NewUserName ?? name
    if (userName !== name && tables.users.get(writer, account, userName) !== undefined)
      throw alreadyExists(`User with name ${userName} already exists.`)
    const path = input.NewPath === undefined ? user.path : checkedPath(input.NewPath)
    tables.users.remove(writer, account, name)
    const renamed = { ...user, userName, path, arn: entityArn(account, 'user', path, userName) }
    tables.users.put(writer, renamed, account, userName)
    for (const [[, , id], note] of [...tables.keysOfUsers.under(writer, account, name)]) {
      const key = tables.accessKeys.get(writer, String(id))
      if (key !== undefined) tables.accessKeys.put(writer, { ...key, userName }, key.accessKeyId)
      tables.keysOfUsers.remove(writer, account, name, String(id))
      tables.keysOfUsers.put(writer, note, account, userName, String(id))
    }
    for (const device of mfaDevices(writer, context))
      if (device.userName === name) putMfaDevice(writer, context, { ...device, userName })
    return undefined
  })
