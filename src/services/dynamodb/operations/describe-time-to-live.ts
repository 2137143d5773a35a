import type {
  DescribeTimeToLiveCommandInput,
  DescribeTimeToLiveCommandOutput,
} from '@aws-sdk/client-dynamodb'
import { tableNotFound } from '../errors.ts'
import { type DynamoDbOperation, findTable } from '../state.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTimeToLive.html */
export const DescribeTimeToLive: DynamoDbOperation<
  DescribeTimeToLiveCommandInput,
  Omit<DescribeTimeToLiveCommandOutput, '$metadata'>
> = async (context, input) => {
  const name = input.TableName ?? ''
  const found = await context.state.store.read(reader => findTable(reader, context, name))
  if (found === undefined) throw tableNotFound(name)
  const { timeToLive } = found.record
  return {
    TimeToLiveDescription: timeToLive?.isEnabled
      ? { TimeToLiveStatus: 'ENABLED', AttributeName: timeToLive.attribute }
      : { TimeToLiveStatus: 'DISABLED' },
  }
}
