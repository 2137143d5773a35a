import type { DeleteRetentionPolicyRequest } from '@aws-sdk/client-cloudwatch-logs'
import { getGroup } from '../names.ts'
import { groups, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteRetentionPolicy.html */
export const DeleteRetentionPolicy: Operation<DeleteRetentionPolicyRequest, object> = async (
  context,
  input,
) => {
  const { state, account, region } = context
  const { logGroupName: name = '' } = input
  return await state.store.transaction(writer => {
    const { retention: _retention, ...record } = getGroup(writer, context, name)
    groups.put(writer, record, account, region, name)
    return {}
  })
}
