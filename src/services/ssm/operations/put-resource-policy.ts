import type { PutResourcePolicyRequest, PutResourcePolicyResponse } from '@aws-sdk/client-ssm'
import {
  malformedResourcePolicy,
  resourcePolicyConflict,
  resourcePolicyInvalidParameter,
  resourcePolicyLimitExceeded,
  resourcePolicyNotFound,
} from '../errors.ts'
import { hashOf, sharedParameter } from '../share-policy.ts'
import { type Operation, parameters, versions } from '../state.ts'

/** The limit is documented: https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutResourcePolicy.html */
const longestPolicy = 1024

function checkDocument(text: string): void {
  if (Buffer.byteLength(text) > longestPolicy) throw resourcePolicyLimitExceeded(longestPolicy, 'POLICY_SIZE')
  try {
    if (typeof JSON.parse(text)?.Statement === 'object') return
  } catch (error) {
    throw malformedResourcePolicy(error)
  }
  throw malformedResourcePolicy()
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutResourcePolicy.html */
export const PutResourcePolicy: Operation<PutResourcePolicyRequest, PutResourcePolicyResponse> = async (
  context,
  input,
) => {
  const text = input.Policy ?? ''
  checkDocument(text)
  if ((input.PolicyId === undefined) !== (input.PolicyHash === undefined))
    throw resourcePolicyInvalidParameter(
      'PolicyId and PolicyHash are given together when a policy is updated.',
      input.PolicyId === undefined ? 'PolicyId' : 'PolicyHash',
    )
  return context.state.store.transaction(writer => {
    const { key, record } = sharedParameter(writer, context, input.ResourceArn)
    if (versions.get(writer, ...key, record.latest)?.tier !== 'Advanced')
      throw resourcePolicyInvalidParameter('Only advanced-tier parameters can be shared.', 'ResourceArn')
    const [current] = record.shares
    if (input.PolicyId === undefined && current !== undefined)
      throw resourcePolicyLimitExceeded(1, 'POLICIES_PER_RESOURCE')
    if (input.PolicyId !== undefined && current?.id !== input.PolicyId) throw resourcePolicyNotFound()
    if (input.PolicyHash !== undefined && current?.hash !== input.PolicyHash) throw resourcePolicyConflict()
    const share = { id: current?.id ?? context.newId(), hash: hashOf(text), text }
    parameters.put(writer, { ...record, shares: [share] }, ...key)
    return { PolicyId: share.id, PolicyHash: share.hash }
  })
}
