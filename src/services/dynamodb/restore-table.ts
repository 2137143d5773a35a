import { Buffer } from 'node:buffer'
import type {
  RestoreTableFromBackupCommandInput,
  RestoreTableToPointInTimeCommandInput,
  TableDescription,
} from '@aws-sdk/client-dynamodb'
import { AwsError, type OperationContext } from '../../aws/index.ts'
import type { Writer } from '../../stores/index.ts'
import { checkTableName } from './check-table-name.ts'
import { describeTable, noItems } from './describe-table.ts'
import { invalidParameter } from './errors.ts'
import { throughputOf } from './index-record.ts'
import { writeChange } from './items.ts'
import { type DynamoDbState, findTable, tableRecordKey, tableRecords } from './state.ts'
import { compileTable, type TableRecord } from './table-record.ts'
import { refuseUnsupported, tableSettings } from './table-settings.ts'
import { busyWith } from './table-status.ts'
import { withoutUnused } from './update-table-record.ts'
import type { Item } from './values/attribute-value.ts'
import type { Wire } from './wire.ts'

type Overrides = Partial<
  Pick<
    Wire<RestoreTableFromBackupCommandInput & RestoreTableToPointInTimeCommandInput>,
    | 'BillingModeOverride'
    | 'GlobalSecondaryIndexOverride'
    | 'LocalSecondaryIndexOverride'
    | 'OnDemandThroughputOverride'
    | 'ProvisionedThroughputOverride'
    | 'SSESpecificationOverride'
  >
>

/**
 * Makes a table of another's settings and of items. Streams, tags, time to live, policies and point-in-time recovery are
 * not restored. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CreateBackup.html
 */
export function restoreTable(
  writer: Writer,
  context: OperationContext<DynamoDbState>,
  source: TableRecord,
  input: Overrides & { readonly TargetTableName?: string | undefined },
  { id, backupArn }: { readonly id: string; readonly backupArn?: string },
  items: Iterable<Item>,
): TableDescription {
  const name = input.TargetTableName ?? ''
  refuseUnsupported(input)
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
    ...overridden(kept, input),
    ...tableSettings(context, {
      SSESpecification: input.SSESpecificationOverride,
      OnDemandThroughput: input.OnDemandThroughputOverride,
    }),
    name,
    arn: `arn:aws:dynamodb:${context.region}:${context.account}:table/${name}`,
    id,
    createdAt: context.now,
    restored: {
      ...(backupArn === undefined ? {} : { backupArn }),
      tableArn: source.arn,
      at: context.now,
    },
    ...busyWith(context.state, 'CREATING', context.now),
    deletionProtection: false,
    tags: {},
  }
  writer.put(tableRecords, key, Buffer.from(JSON.stringify(record)))
  const table = compileTable(record)
  for (const item of items) writeChange(writer, table, item, { before: undefined, after: item })
  return describeTable(record, noItems, 'CREATING')
}

/** Billing and indexes as the restoration asks for them; an index that it does not list is left out. */
function overridden(source: TableRecord, input: Overrides): TableRecord {
  const billingMode = input.BillingModeOverride ?? source.billingMode
  const { throughput: before, ...rest } = source
  const throughput =
    input.ProvisionedThroughputOverride === undefined
      ? before
      : throughputOf(input.ProvisionedThroughputOverride)
  if (billingMode === 'PROVISIONED' && throughput === undefined)
    throw invalidParameter('ProvisionedThroughput must be specified when BillingMode is PROVISIONED')
  const lists = { true: input.GlobalSecondaryIndexOverride, false: input.LocalSecondaryIndexOverride }
  const indexes = source.indexes.filter(({ name, isGlobal }) => {
    const list = lists[`${isGlobal}`]
    return list === undefined || list.some(one => one.IndexName === name)
  })
  const asked = [...(lists.true ?? []), ...(lists.false ?? [])]
  const unknown = asked.find(one => !indexes.some(({ name }) => name === one.IndexName))
  if (unknown !== undefined)
    throw invalidParameter(`The source has no index ${unknown.IndexName}: indexes can be left out, not added`)
  return {
    ...withoutUnused({ ...rest, indexes }),
    billingMode,
    ...(billingMode === 'PROVISIONED' && throughput !== undefined ? { throughput } : {}),
  }
}
