import type { DeleteMetricFilterRequest } from '@aws-sdk/client-cloudwatch-logs'
import { metricFilterNotFound } from '../errors.ts'
import { getGroup } from '../names.ts'
import { metricFilters, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteMetricFilter.html */
export const DeleteMetricFilter: Operation<DeleteMetricFilterRequest, object> = async (context, input) => {
  const { state, account, region } = context
  const { logGroupName: group = '', filterName: name = '' } = input
  return await state.store.transaction(writer => {
    getGroup(writer, context, group)
    if (!metricFilters.remove(writer, account, region, group, name)) throw metricFilterNotFound()
    return {}
  })
}
