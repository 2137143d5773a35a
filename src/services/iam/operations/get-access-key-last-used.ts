import type { GetAccessKeyLastUsedRequest, GetAccessKeyLastUsedResponse } from '@aws-sdk/client-iam'
import { accessKeyOfUser } from '../access-key-of-user.ts'
import { type Operation, read } from '../state.ts'

/** Uses are not recorded: IAM answers N/A for a key without one. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html */
export const GetAccessKeyLastUsed: Operation<GetAccessKeyLastUsedRequest, GetAccessKeyLastUsedResponse> = (
  context,
  input,
) =>
  read(context, reader => {
    const key = accessKeyOfUser(reader, context, undefined, input.AccessKeyId ?? '')
    const used = key.lastUsed
    return {
      UserName: key.userName,
      AccessKeyLastUsed:
        used === undefined
          ? { ServiceName: 'N/A', Region: 'N/A', LastUsedDate: undefined }
          : { ServiceName: used.service, Region: used.region, LastUsedDate: new Date(used.date) },
    }
  })
