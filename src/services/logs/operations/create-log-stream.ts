import type { CreateLogStreamRequest } from '@aws-sdk/client-cloudwatch-logs'
import { invalidParameter, streamExists } from '../errors.ts'
import { getGroup } from '../names.ts'
import { type Operation, streams } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html */
export const CreateLogStream: Operation<CreateLogStreamRequest, object> = async (context, input) => {
  const { state, account, region, now } = context
  const { logGroupName: group = '', logStreamName: name = '' } = input
  if (name.length > 512)
    throw invalidParameter('Invalid LogGroup or LogStream, both must have length less than or equal to 512.')
  return await state.store.transaction(writer => {
    getGroup(writer, context, group)
    if (streams.get(writer, account, region, group, name)) throw streamExists()
    streams.put(writer, { name, created: now }, account, region, group, name)
    return {}
  })
}
