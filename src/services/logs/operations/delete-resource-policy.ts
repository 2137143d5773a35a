import type { DeleteResourcePolicyRequest } from '@aws-sdk/client-cloudwatch-logs'
import { resourcePolicyNotFound } from '../errors.ts'
import { type Operation, resourcePolicies } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteResourcePolicy.html */
export const DeleteResourcePolicy: Operation<DeleteResourcePolicyRequest, object> = async (
  context,
  input,
) => {
  const { state, account, region } = context
  const { policyName: name = '' } = input
  return await state.store.transaction(writer => {
    if (!resourcePolicies.remove(writer, account, region, name)) throw resourcePolicyNotFound(name)
    return {}
  })
}
