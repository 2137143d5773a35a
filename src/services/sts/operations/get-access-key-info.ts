import type { GetAccessKeyInfoRequest, GetAccessKeyInfoResponse } from '@aws-sdk/client-sts'
import { accountOfAccessKey } from '../../../aws/index.ts'
import { validationError } from '../errors.ts'
import type { Operation } from '../state.ts'

/** The account stands in the key's id; of keys with names of their own only the caller's is told. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetAccessKeyInfo.html */
export const GetAccessKeyInfo: Operation<GetAccessKeyInfoRequest, GetAccessKeyInfoResponse> = (
  { principal },
  input,
) => {
  const id = input.AccessKeyId ?? ''
  const account = id === principal.accessKeyId ? principal.account : accountOfAccessKey(id)
  if (account === undefined) throw validationError(`Invalid access key id: ${id}`)
  return { Account: account }
}
