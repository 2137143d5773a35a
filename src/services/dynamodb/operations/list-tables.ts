import { Buffer } from 'node:buffer'
import type { ListTablesCommandInput, ListTablesCommandOutput } from '@aws-sdk/client-dynamodb'
import { decodeKey, keysUnder } from '../../../stores/index.ts'
import { type DynamoDbOperation, tableRecords } from '../state.ts'
import type { TableRecord } from '../table-record.ts'
import { isGone } from '../table-status.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html */
export const ListTables: DynamoDbOperation<
  ListTablesCommandInput,
  Omit<ListTablesCommandOutput, '$metadata'>
> = async ({ state, account, region }, { ExclusiveStartTableName: start, Limit: limit = 100 }) => {
  const all = keysUnder(account, region)
  const from = start === undefined ? all.from : keysUnder(account, region, start).to
  const now = state.clock.now()
  const names = await state.store.read(reader => {
    const found: string[] = []
    for (const { key, value } of reader.range(tableRecords, { from, to: all.to })) {
      if (isGone(JSON.parse(Buffer.from(value).toString()) as TableRecord, now)) continue
      if (found.push(String(decodeKey(key)[2])) > limit) break
    }
    return found
  })
  const page = names.slice(0, limit)
  const last = page.at(-1)
  return {
    TableNames: page,
    ...(names.length > limit && last !== undefined ? { LastEvaluatedTableName: last } : {}),
  }
}
