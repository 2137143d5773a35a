import type { DeleteLogStreamRequest } from '@aws-sdk/client-cloudwatch-logs'
import { streamNotFound } from '../errors.ts'
import { getGroup } from '../names.ts'
import { batches, type Operation, streams } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteLogStream.html */
export const DeleteLogStream: Operation<DeleteLogStreamRequest, object> = async (context, input) => {
  const { state, account, region } = context
  const { logGroupName: group = '', logStreamName: name = '' } = input
  await state.flushed()
  return await state.store.transaction(writer => {
    getGroup(writer, context, group)
    if (!streams.remove(writer, account, region, group, name)) throw streamNotFound()
    for (const [key] of [...batches.under(writer, account, region, group, name)])
      batches.remove(writer, ...key)
    return {}
  })
}
