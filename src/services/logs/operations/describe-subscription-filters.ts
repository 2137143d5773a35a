import type {
  DescribeSubscriptionFiltersRequest,
  DescribeSubscriptionFiltersResponse,
  Distribution,
} from '@aws-sdk/client-cloudwatch-logs'
import { getGroup } from '../names.ts'
import { page } from '../pages.ts'
import { type Operation, subscriptions } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeSubscriptionFilters.html */
export const DescribeSubscriptionFilters: Operation<
  DescribeSubscriptionFiltersRequest,
  DescribeSubscriptionFiltersResponse
> = async (context, input) => {
  const { state, account, region } = context
  const { logGroupName: group = '', filterNamePrefix = '' } = input
  return await state.store.read(reader => {
    getGroup(reader, context, group)
    const records = [...subscriptions.under(reader, account, region, group)]
      .map(([, record]) => record)
      .filter(({ name }) => name.startsWith(filterNamePrefix))
    const { items, nextToken } = page(records, ({ name }) => name, input.nextToken, input.limit)
    return {
      subscriptionFilters: items.map(record => ({
        filterName: record.name,
        logGroupName: group,
        filterPattern: record.pattern,
        destinationArn: record.destination,
        ...(record.role !== undefined && { roleArn: record.role }),
        distribution: record.distribution as Distribution,
        applyOnTransformedLogs: false,
        creationTime: record.created,
      })),
      ...(nextToken !== undefined && { nextToken }),
    }
  })
}
