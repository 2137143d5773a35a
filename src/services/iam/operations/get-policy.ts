import type { GetPolicyRequest, GetPolicyResponse } from '@aws-sdk/client-iam'
import { countUses, requiredPolicy, usesOf } from '../managed-policies.ts'
import { policyShape } from '../shapes.ts'
import { type Operation, read } from '../state.ts'

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html */
export const GetPolicy: Operation<GetPolicyRequest, GetPolicyResponse> = (context, input) =>
  read(context, reader => {
    const policy = requiredPolicy(reader, context, input.PolicyArn ?? '')
    return { Policy: policyShape(policy, countUses(usesOf(reader, context, policy.arn))) }
  })
