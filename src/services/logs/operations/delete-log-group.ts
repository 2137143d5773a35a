import type { DeleteLogGroupRequest } from '@aws-sdk/client-cloudwatch-logs'
import type { JsonTable } from '../../../stores/index.ts'
import { invalidParameter } from '../errors.ts'
import { getGroup } from '../names.ts'
import { batches, groups, metricFilters, type Operation, streams, subscriptions } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogGroup.html */
export const DeleteLogGroup: Operation<DeleteLogGroupRequest, object> = async (context, input) => {
  const { state, account, region } = context
  const { logGroupName: name = '' } = input
  await state.flushed()
  return await state.store.transaction(writer => {
    const group = getGroup(writer, context, name)
    if (group.protected) throw invalidParameter('The log group is protected from deletion.')
    const tables: readonly JsonTable<unknown>[] = [batches, streams, subscriptions, metricFilters]
    for (const table of tables)
      for (const [key] of [...table.under(writer, account, region, name)]) table.remove(writer, ...key)
    groups.remove(writer, account, region, name)
    return {}
  })
}
