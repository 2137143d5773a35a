import type { DescribeTableCommandInput, DescribeTableCommandOutput } from '@aws-sdk/client-dynamodb'
import { describeTable } from '../describe-table.ts'
import { tableNotFound } from '../errors.ts'
import { type DynamoDbOperation, findTable } from '../state.ts'
import { indexInMaking, statusAt } from '../table-status.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html */
export const DescribeTable: DynamoDbOperation<
  DescribeTableCommandInput,
  Omit<DescribeTableCommandOutput, '$metadata'>
> = async (context, input) => {
  const name = input.TableName ?? ''
  const { record, table } = await context.state.store.read(reader => {
    const found = findTable(reader, context, name)
    if (found === undefined) throw tableNotFound(name)
    return found
  })
  const counts = await context.state.counts.of(table)
  const status = statusAt(record, context.now)
  return { Table: describeTable(record, counts, status, indexInMaking(record, context.now)) }
}
