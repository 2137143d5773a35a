import type {
  DescribeResourcePoliciesRequest,
  DescribeResourcePoliciesResponse,
} from '@aws-sdk/client-cloudwatch-logs'
import { page } from '../pages.ts'
import { resourcePolicyAnswer } from '../resource-policies.ts'
import { type Operation, resourcePolicies } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeResourcePolicies.html */
export const DescribeResourcePolicies: Operation<
  DescribeResourcePoliciesRequest,
  DescribeResourcePoliciesResponse
> = async (context, input) => {
  const { state, account, region } = context
  return await state.store.read(reader => {
    const records = [...resourcePolicies.under(reader, account, region)].map(([, record]) => record)
    const { items, nextToken } = page(records, ({ name }) => name, input.nextToken, input.limit)
    return {
      resourcePolicies: items.map(resourcePolicyAnswer),
      ...(nextToken !== undefined && { nextToken }),
    }
  })
}
