import type { UpdateAccessKeyRequest } from '@aws-sdk/client-iam'
import { accessKeyOfUser } from '../access-key-of-user.ts'
import { type Operation, tables, write } from '../state.ts'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccessKey.html */
export const UpdateAccessKey: Operation<UpdateAccessKeyRequest, undefined> = (context, input) =>
  write(context, writer => {
    const key = accessKeyOfUser(writer, context, input.UserName, input.AccessKeyId ?? '')
    const status = input.Status === 'Active' ? 'Active' : 'Inactive'
    tables.accessKeys.put(writer, { ...key, status }, key.accessKeyId)
    return undefined
  })
