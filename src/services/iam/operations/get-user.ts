import type { GetUserRequest, GetUserResponse } from '@aws-sdk/client-iam'
import { userNameOf } from '../callers.ts'
import { required, users } from '../entities.ts'
import { userShape } from '../shapes.ts'
import { type Operation, read } from '../state.ts'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html */
export const GetUser: Operation<GetUserRequest, GetUserResponse> = (context, input) => {
  if (input.UserName === undefined && context.principal.kind === 'root') {
    // The owner has neither name nor path.
    const { account, principal } = context
    return {
      User: { UserId: account, Arn: principal.arn, CreateDate: new Date(0) } as GetUserResponse['User'],
    }
  }
  const name = userNameOf(context, input.UserName)
  return read(context, reader => ({ User: userShape(required(users, reader, context, name)) }))
}
