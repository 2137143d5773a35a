import type { DeleteTableCommandInput, DeleteTableCommandOutput } from '@aws-sdk/client-dynamodb'
import type { Writer } from '../../../stores/index.ts'
import { describeTable, noItems } from '../describe-table.ts'
import { tableNotFound, validationException } from '../errors.ts'
import { forgetHistory } from '../history.ts'
import { prefixRange } from '../key-range.ts'
import { indexTable, itemsTable, tablePrefix } from '../row-keys.ts'
import { type DynamoDbOperation, findTable, tableRecordKey, tableRecords } from '../state.ts'
import { registerStreams } from '../stream-registry.ts'
import { busyWith, checkNotBusy } from '../table-status.ts'
import { putRecord } from '../tagged-table.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html */
export const DeleteTable: DynamoDbOperation<
  DeleteTableCommandInput,
  Omit<DeleteTableCommandOutput, '$metadata'>
> = async (context, input) => {
  const name = input.TableName ?? ''
  const description = await context.state.store.transaction(writer => {
    const found = findTable(writer, context, name)
    if (found === undefined) throw tableNotFound(name)
    checkNotBusy(found.record, context.now)
    if (found.record.deletionProtection) {
      throw validationException(
        `Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.`,
      )
    }
    for (const rows of [itemsTable, indexTable]) removeAll(writer, rows, tablePrefix(found.table))
    const { busy } = busyWith(context.state, 'DELETING', context.now)
    // What a slow deletion leaves is described until it is over; a table that is made under its name replaces it.
    if (busy === undefined) writer.remove(tableRecords, tableRecordKey(context, name))
    else putRecord(writer, context, { ...found.record, busy })
    forgetHistory(writer, found.table)
    registerStreams(writer, context, found.record, undefined, context.now)
    return describeTable(found.record, noItems, 'DELETING')
  })
  context.emit({ type: 'TableChanged', detail: { table: name } })
  // Of what is being deleted keys and indexes are not told any more (documented example; recorded by dynalite).
  const {
    AttributeDefinitions: _,
    KeySchema: __,
    CreationDateTime: ___,
    GlobalSecondaryIndexes: ____,
    LocalSecondaryIndexes: _____,
    ...told
  } = description
  return { TableDescription: told }
}

function removeAll(writer: Writer, rows: string, prefix: string): void {
  for (const { key } of [...writer.range(rows, prefixRange(prefix))]) writer.remove(rows, key)
}
