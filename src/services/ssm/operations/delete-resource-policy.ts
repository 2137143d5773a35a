import type { DeleteResourcePolicyRequest, DeleteResourcePolicyResponse } from '@aws-sdk/client-ssm'
import { resourcePolicyConflict, resourcePolicyNotFound } from '../errors.ts'
import { sharedParameter } from '../share-policy.ts'
import { type Operation, parameters } from '../state.ts'

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_DeleteResourcePolicy.html */
export const DeleteResourcePolicy: Operation<
  DeleteResourcePolicyRequest,
  DeleteResourcePolicyResponse
> = async (context, input) => {
  await context.state.store.transaction(writer => {
    const { key, record } = sharedParameter(writer, context, input.ResourceArn)
    const share = record.shares.find(({ id }) => id === input.PolicyId)
    if (share === undefined) throw resourcePolicyNotFound()
    if (share.hash !== input.PolicyHash) throw resourcePolicyConflict()
    parameters.put(writer, { ...record, shares: record.shares.filter(one => one !== share) }, ...key)
  })
  return {}
}
