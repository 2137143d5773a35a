import type { ListTablesCommandInput, ListTablesCommandOutput } from '@aws-sdk/client-dynamodb'
import { decodeKey, keysUnder } from '../../../stores/index.ts'
import { type DynamoDbOperation, tableRecords } from '../state.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html */
export const ListTables: DynamoDbOperation<
  ListTablesCommandInput,
  Omit<ListTablesCommandOutput, '$metadata'>
> = async ({ state, account, region }, { ExclusiveStartTableName: start, Limit: limit = 100 }) => {
  const all = keysUnder(account, region)
  const from = start === undefined ? all.from : keysUnder(account, region, start).to
  const names = await state.store.read(reader =>
    [...reader.range(tableRecords, { from, to: all.to, limit: limit + 1 })].map(({ key }) =>
      String(decodeKey(key)[2]),
    ),
  )
  const page = names.slice(0, limit)
  const last = page.at(-1)
  return {
    TableNames: page,
    ...(names.length > limit && last !== undefined ? { LastEvaluatedTableName: last } : {}),
  }
}
