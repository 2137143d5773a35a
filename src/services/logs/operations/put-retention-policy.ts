import type { PutRetentionPolicyRequest } from '@aws-sdk/client-cloudwatch-logs'
import { invalidParameter } from '../errors.ts'
import { getGroup } from '../names.ts'
import { groups, type Operation } from '../state.ts'

/** Days that AWS knows. */
const days: ReadonlySet<number> = new Set([
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
])

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const PutRetentionPolicy: Operation<PutRetentionPolicyRequest, object> = async (context, input) => {
  const { state, account, region } = context
  const { logGroupName: name = '', retentionInDays: retention = 0 } = input
  if (!days.has(retention)) throw invalidParameter('Invalid retention value.')
  return await state.store.transaction(writer => {
    const { ...record } = getGroup(writer, context, name)
    groups.put(writer, { ...record, retention }, account, region, name)
    return {}
  })
}
