import type { CreateLogGroupRequest } from '@aws-sdk/client-cloudwatch-logs'
import { groupExists, invalidParameter } from '../errors.ts'
import { groups, type Operation } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
export const CreateLogGroup: Operation<CreateLogGroupRequest, object> = async (context, input) => {
  const { state, account, region, now } = context
  const { logGroupName: name = '', tags = {}, kmsKeyId, logGroupClass, deletionProtectionEnabled } = input
  if (name.length > 512)
    throw invalidParameter('Invalid LogGroup or LogStream, both must have length less than or equal to 512.')
  return await state.store.transaction(writer => {
    if (groups.get(writer, account, region, name)) throw groupExists()
    const record = {
      name,
      created: now,
      tags,
      ...(kmsKeyId !== undefined && { kmsKeyId }),
      ...(logGroupClass !== undefined && { class: logGroupClass }),
      ...(deletionProtectionEnabled !== undefined && { protected: deletionProtectionEnabled }),
    }
    groups.put(writer, record, account, region, name)
    return {}
  })
}
