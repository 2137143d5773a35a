import type { UpdateTableCommandInput, UpdateTableCommandOutput } from '@aws-sdk/client-dynamodb'
import { checkTableName } from '../check-table-name.ts'
import { describeTable } from '../describe-table.ts'
import { tableNotFound } from '../errors.ts'
import { fillIndex, removeIndexRows } from '../index-rows.ts'
import { type DynamoDbOperation, findTable } from '../state.ts'
import { registerStreams } from '../stream-registry.ts'
import { compileTable } from '../table-record.ts'
import { refuseUnsupported, tableSettings } from '../table-settings.ts'
import { busyWith, checkNotBusy } from '../table-status.ts'
import { putRecord } from '../tagged-table.ts'
import { checkUpdateTable, updatedRecord } from '../update-table-record.ts'

/**
 * Everything takes effect in the transaction that answers: a new index is filled there, an old one's rows go.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html
 */
export const UpdateTable: DynamoDbOperation<
  UpdateTableCommandInput,
  Omit<UpdateTableCommandOutput, '$metadata'>
> = async (context, input) => {
  const name = input.TableName ?? ''
  checkTableName(name)
  checkUpdateTable(input)
  refuseUnsupported(input)
  const { record, table, making } = await context.state.store.transaction(writer => {
    const found = findTable(writer, context, name)
    if (found === undefined) throw tableNotFound(name)
    const before = found.record
    checkNotBusy(before, context.now)
    const making = input.GlobalSecondaryIndexUpdates?.find(({ Create }) => Create !== undefined)?.Create
    const { busy: _, ...rest } = {
      ...updatedRecord(before, input, context.now),
      ...tableSettings(context, input),
    }
    const record = { ...rest, ...busyWith(context.state, 'UPDATING', context.now, making?.IndexName) }
    const [old, table] = [found.table, compileTable(record)]
    for (const index of old.indexes) {
      if (!table.indexes.some(one => one.number === index.number)) removeIndexRows(writer, old, index)
    }
    for (const index of table.indexes) {
      if (!old.indexes.some(one => one.number === index.number)) fillIndex(writer, table, index)
    }
    putRecord(writer, context, record)
    registerStreams(writer, context, before, record, context.now)
    return { record, table, making: making?.IndexName }
  })
  context.emit({ type: 'TableChanged', detail: { table: name } })
  const counts = await context.state.counts.of(table)
  return { TableDescription: describeTable(record, counts, 'UPDATING', making) }
}
