import type { CreateAccessKeyRequest, CreateAccessKeyResponse } from '@aws-sdk/client-iam'
import { type AccessKeyRecord, accessKeyId, secretAccessKey } from '../../../aws/index.ts'
import { userNameOf } from '../callers.ts'
import { required, users } from '../entities.ts'
import { limitExceeded } from '../errors.ts'
import { type Operation, present, tables, write } from '../state.ts'

const perUser = 2

/** The only answer that ever shows the secret. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html */
export const CreateAccessKey: Operation<CreateAccessKeyRequest, CreateAccessKeyResponse> = (
  context,
  input,
) => {
  const userName = userNameOf(context, input.UserName)
  const { account, state } = context
  const now = present(context)
  return write(context, writer => {
    required(users, writer, context, userName)
    if ([...tables.keysOfUsers.under(writer, account, userName)].length >= perUser)
      throw limitExceeded('AccessKeysPerUser', perUser)
    const key: AccessKeyRecord = {
      accessKeyId: accessKeyId('AKIA', account, state.ids),
      secretAccessKey: secretAccessKey(state.ids),
      account,
      userName,
      status: 'Active',
      createDate: now,
    }
    tables.accessKeys.put(writer, key, key.accessKeyId)
    tables.keysOfUsers.put(writer, { createDate: now }, account, userName, key.accessKeyId)
    return {
      AccessKey: {
        UserName: userName,
        AccessKeyId: key.accessKeyId,
        Status: 'Active',
        SecretAccessKey: key.secretAccessKey,
        CreateDate: new Date(now),
      },
    }
  })
}
