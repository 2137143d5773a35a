import { Buffer } from 'node:buffer'
import type { RestoreTableFromBackupCommandInput, TableDescription } from '@aws-sdk/client-dynamodb'
import { AwsError, type OperationContext } from '../../aws/index.ts'
import type { Writer } from '../../stores/index.ts'
import { checkTableName } from './check-table-name.ts'
import { describeTable, noItems } from './describe-table.ts'
import { writeChange } from './items.ts'
import { type DynamoDbState, findTable, tableRecordKey, tableRecords } from './state.ts'
import { compileTable, type TableRecord } from './table-record.ts'
import { busyWith } from './table-status.ts'
import type { Item } from './values/attribute-value.ts'
import type { Wire } from './wire.ts'

/**
 * Makes a table of another's settings and of items. Streams, tags, time to live, policies and point-in-time recovery are
 * not restored. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CreateBackup.html
 */
export function restoreTable(
  writer: Writer,
  context: OperationContext<DynamoDbState>,
  source: TableRecord,
  input: Partial<Pick<Wire<RestoreTableFromBackupCommandInput>, 'TargetTableName' | 'BillingModeOverride'>>,
  id: string,
  items: Iterable<Item>,
): TableDescription {
  const name = input.TargetTableName ?? ''
  checkTableName(name, true)
  const key = tableRecordKey(context, name)
  if (findTable(writer, context, name) !== undefined)
    throw new AwsError('TableAlreadyExistsException', `Table already exists: ${name}`)
  const {
    stream: _,
    timeToLive: __,
    resourcePolicy: ___,
    pointInTimeRecovery: ____,
    busy: _____,
    ...kept
  } = source
  const record: TableRecord = {
    ...kept,
    name,
    arn: `arn:aws:dynamodb:${context.region}:${context.account}:table/${name}`,
    id,
    createdAt: context.now,
    billingMode: input.BillingModeOverride ?? source.billingMode,
    ...busyWith(context.state, 'CREATING', context.now),
    deletionProtection: false,
    tags: {},
  }
  writer.put(tableRecords, key, Buffer.from(JSON.stringify(record)))
  const table = compileTable(record)
  for (const item of items) writeChange(writer, table, item, { before: undefined, after: item })
  return describeTable(record, noItems, 'CREATING')
}
