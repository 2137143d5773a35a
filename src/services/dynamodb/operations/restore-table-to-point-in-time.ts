import { Buffer } from 'node:buffer'
import type {
  RestoreTableToPointInTimeCommandInput,
  RestoreTableToPointInTimeCommandOutput,
} from '@aws-sdk/client-dynamodb'
import { AwsError } from '../../../aws/index.ts'
import { earliest } from '../continuous-backups.ts'
import { changesAfter } from '../history.ts'
import { itemFromBytes } from '../item-text.ts'
import { prefixRange } from '../key-range.ts'
import { requireRecord } from '../require-record.ts'
import { restoreTable } from '../restore-table.ts'
import { itemRowKey, itemsTable, tablePrefix } from '../row-keys.ts'
import type { DynamoDbOperation } from '../state.ts'
import type { Item } from '../values/attribute-value.ts'

/**
 * The table as it was, by undoing what was changed since.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableToPointInTime.html
 */
export const RestoreTableToPointInTime: DynamoDbOperation<
  RestoreTableToPointInTimeCommandInput,
  Omit<RestoreTableToPointInTimeCommandOutput, '$metadata'>
> = async (context, input) => {
  const id = context.newId()
  const description = await context.state.store.transaction(writer => {
    const { record, table } = requireRecord(writer, context, input.SourceTableName ?? input.SourceTableArn)
    const recovery = record.pointInTimeRecovery
    if (recovery === undefined) {
      throw new AwsError(
        'PointInTimeRecoveryUnavailableException',
        `Point in time recovery is not enabled for table '${record.name}'`,
      )
    }
    const time = input.UseLatestRestorableTime
      ? context.now
      : (input.RestoreDateTime?.getTime() ?? context.now)
    if (time < earliest(recovery, context.now) || time > context.now)
      throw new AwsError(
        'InvalidRestoreTimeException',
        'The specified restore time is not within the recovery period',
      )
    const items = new Map<string, Item>()
    const textOf = (item: Item): string => Buffer.from(itemRowKey(table, item)).toString('latin1')
    for (const { value } of writer.range(itemsTable, prefixRange(tablePrefix(table)))) {
      const item = itemFromBytes(value)
      items.set(textOf(item), item)
    }
    for (const { key, before } of changesAfter(writer, table, time)) {
      if (before === undefined) items.delete(textOf(key))
      else items.set(textOf(key), before)
    }
    return restoreTable(writer, context, record, input, id, items.values())
  })
  context.emit({ type: 'TableChanged', detail: { table: input.TargetTableName } })
  return { TableDescription: description }
}
