import type { DeleteSubscriptionFilterRequest } from '@aws-sdk/client-cloudwatch-logs'
import { subscriptionNotFound } from '../errors.ts'
import { getGroup } from '../names.ts'
import { type Operation, subscriptions } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteSubscriptionFilter.html */
export const DeleteSubscriptionFilter: Operation<DeleteSubscriptionFilterRequest, object> = async (
  context,
  input,
) => {
  const { state, account, region } = context
  const { logGroupName: group = '', filterName: name = '' } = input
  return await state.store.transaction(writer => {
    getGroup(writer, context, group)
    if (!subscriptions.remove(writer, account, region, group, name)) throw subscriptionNotFound()
    return {}
  })
}
