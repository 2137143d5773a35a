import type { ListAccessKeysRequest, ListAccessKeysResponse } from '@aws-sdk/client-iam'
import { userNameOf } from '../callers.ts'
import { required, users } from '../entities.ts'
import { page } from '../pages.ts'
import { accessKeyShape } from '../shapes.ts'
import { type Operation, read, tables } from '../state.ts'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html */
export const ListAccessKeys: Operation<ListAccessKeysRequest, ListAccessKeysResponse> = (context, input) => {
  const userName = userNameOf(context, input.UserName)
  return read(context, reader => {
    required(users, reader, context, userName)
    const keys = [...tables.keysOfUsers.under(reader, context.account, userName)].flatMap(
      ([[, , id]]) => tables.accessKeys.get(reader, String(id)) ?? [],
    )
    const { items, ...rest } = page(keys, key => key.accessKeyId, input)
    return { AccessKeyMetadata: items.map(accessKeyShape), ...rest }
  })
}
