import type { DeleteAccessKeyRequest } from '@aws-sdk/client-iam'
import { accessKeyOfUser } from '../access-key-of-user.ts'
import { type Operation, tables, write } from '../state.ts'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccessKey.html */
export const DeleteAccessKey: Operation<DeleteAccessKeyRequest, undefined> = (context, input) =>
  write(context, writer => {
    const key = accessKeyOfUser(writer, context, input.UserName, input.AccessKeyId ?? '')
    tables.accessKeys.remove(writer, key.accessKeyId)
    tables.keysOfUsers.remove(writer, context.account, key.userName, key.accessKeyId)
    return undefined
  })
