import type { ListStreamsCommandInput, ListStreamsCommandOutput } from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDbOperation } from '../../state.ts'
import { listStreams } from '../../stream-registry.ts'
import { checkLimit, checkStreamArn } from '../stream-of.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_ListStreams.html */
export const ListStreams: DynamoDbOperation<
  ListStreamsCommandInput,
  Omit<ListStreamsCommandOutput, '$metadata'>
> = async (context, { TableName: table, Limit: limit = 100, ExclusiveStartStreamArn: start }) => {
  checkLimit(limit, 100)
  if (start !== undefined) checkStreamArn(start)
  const streams = await context.state.store.read(reader =>
    listStreams(reader, context, context.now)
      .filter(({ tableName }) => table === undefined || tableName === table)
      .map(({ arn, tableName, label }) => ({ StreamArn: arn, TableName: tableName, StreamLabel: label })),
  )
  const from = start === undefined ? 0 : streams.findIndex(one => one.StreamArn === start) + 1
  const page = streams.slice(from, from + limit)
  const last = page.at(-1)
  return {
    Streams: page,
    ...(from + limit < streams.length && last !== undefined
      ? { LastEvaluatedStreamArn: last.StreamArn }
      : {}),
  }
}
