import type { PutResourcePolicyRequest, PutResourcePolicyResponse } from '@aws-sdk/client-cloudwatch-logs'
import { invalidParameter, limitExceeded } from '../errors.ts'
import { resourcePolicyAnswer } from '../resource-policies.ts'
import { type Operation, resourcePolicies } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html: ten for a region. */
const most = 10

/** Kept and described: no other service writes logs here. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html */
export const PutResourcePolicy: Operation<PutResourcePolicyRequest, PutResourcePolicyResponse> = async (
  context,
  input,
) => {
  const { state, account, region, now } = context
  const { policyName: name, policyDocument: document, resourceArn } = input
  if (resourceArn !== undefined)
    throw invalidParameter('Lambdarium keeps policies of the account, none of a single log group.')
  if (name === undefined || document === undefined)
    throw invalidParameter('A policy has a policyName and a policyDocument.')
  return await state.store.transaction(writer => {
    const known = [...resourcePolicies.under(writer, account, region)]
    if (known.length >= most && !known.some(([, record]) => record.name === name)) throw limitExceeded()
    const record = { name, document, modified: now }
    resourcePolicies.put(writer, record, account, region, name)
    return { resourcePolicy: resourcePolicyAnswer(record) }
  })
}
