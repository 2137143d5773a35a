import { Buffer } from 'node:buffer'
import type { ListStreamsCommandInput, ListStreamsCommandOutput } from '@aws-sdk/client-dynamodb-streams'
import { keysUnder } from '../../../../stores/index.ts'
import { type DynamoDbOperation, tableRecords } from '../../state.ts'
import type { TableRecord } from '../../table-record.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_ListStreams.html */
export const ListStreams: DynamoDbOperation<
  ListStreamsCommandInput,
  Omit<ListStreamsCommandOutput, '$metadata'>
> = async (
  { state, account, region },
  { TableName: table, Limit: limit = 100, ExclusiveStartStreamArn: start },
) => {
  const streams = await state.store.read(reader =>
    [...reader.range(tableRecords, keysUnder(account, region))].flatMap(({ value }) => {
      const record = JSON.parse(Buffer.from(value).toString()) as TableRecord
      return record.stream === undefined || (table !== undefined && record.name !== table)
        ? []
        : [{ StreamArn: record.stream.arn, TableName: record.name, StreamLabel: record.stream.label }]
    }),
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
