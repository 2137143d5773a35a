import type { GetResourcePoliciesRequest, GetResourcePoliciesResponse } from '@aws-sdk/client-ssm'
import { sharedParameter } from '../share-policy.ts'
import type { Operation } from '../state.ts'

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetResourcePolicies.html */
export const GetResourcePolicies: Operation<GetResourcePoliciesRequest, GetResourcePoliciesResponse> = async (
  context,
  input,
) => {
  const { record } = await context.state.store.read(reader =>
    sharedParameter(reader, context, input.ResourceArn),
  )
  return {
    Policies: record.shares.map(({ id, hash, text }) => ({ PolicyId: id, PolicyHash: hash, Policy: text })),
  }
}
