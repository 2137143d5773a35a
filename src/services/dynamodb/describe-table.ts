import type { RestoreSummary, TableDescription } from '@aws-sdk/client-dynamodb'
import type { IndexRecord, TableRecord, Throughput } from './table-record.ts'
import type { Busy } from './table-status.ts'

/** What a table or an index holds, for its description. */
export interface RowCounts {
  readonly items: number
  readonly bytes: number
}

/** What a table and, by their names, its indexes hold. */
export interface TableCounts extends RowCounts {
  readonly indexes: ReadonlyMap<string, RowCounts>
}

/** What a table holds that was just made, or is just being deleted. */
export const noItems: TableCounts = { items: 0, bytes: 0, indexes: new Map() }

/** A table as DescribeTable and its sisters answer it. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableDescription.html */
export function describeTable(
  record: TableRecord,
  counts: TableCounts,
  status: Busy['status'] | 'ACTIVE' = 'ACTIVE',
  making?: string,
): TableDescription {
  const locals = record.indexes.filter(index => !index.isGlobal)
  const globals = record.indexes.filter(index => index.isGlobal)
  return {
    AttributeDefinitions: record.attributes.map(attribute => ({ ...attribute })),
    TableName: record.name,
    KeySchema: record.keySchema.map(element => ({ ...element })),
    TableStatus: status,
    CreationDateTime: new Date(record.createdAt),
    ProvisionedThroughput: describeThroughput(record.throughput),
    TableSizeBytes: counts.bytes,
    ItemCount: counts.items,
    TableArn: record.arn,
    TableId: record.id,
    ...(record.billingMode === 'PAY_PER_REQUEST'
      ? {
          BillingModeSummary: {
            BillingMode: 'PAY_PER_REQUEST',
            ...(status === 'CREATING'
              ? {}
              : { LastUpdateToPayPerRequestDateTime: new Date(record.createdAt) }),
          },
        }
      : {}),
    ...(locals.length === 0
      ? {}
      : { LocalSecondaryIndexes: locals.map(index => describeIndex(record, index, counts)) }),
    ...(globals.length === 0
      ? {}
      : {
          GlobalSecondaryIndexes: globals.map(index => ({
            ...describeIndex(record, index, counts),
            IndexStatus: index.name === making ? 'CREATING' : status === 'UPDATING' ? 'ACTIVE' : status,
            ...(index.name === making ? { Backfilling: true } : {}),
            ProvisionedThroughput: describeThroughput(index.throughput),
            ...describeLimits(index, index.throughput, status),
          })),
        }),
    ...(record.stream === undefined
      ? {}
      : {
          ...(record.stream.isEnabled
            ? { StreamSpecification: { StreamEnabled: true, StreamViewType: record.stream.viewType } }
            : {}),
          LatestStreamLabel: record.stream.label,
          LatestStreamArn: record.stream.arn,
        }),
    ...(record.sse == null ? {} : { SSEDescription: record.sse }),
    ...(record.tableClass === undefined ? {} : { TableClassSummary: { TableClass: record.tableClass } }),
    ...describeLimits(record, record.throughput, status),
    ...(record.restored === undefined
      ? {}
      : { RestoreSummary: describeRestore(record.restored, status === 'CREATING') }),
    DeletionProtectionEnabled: record.deletionProtection,
  }
}

function describeLimits(
  {
    onDemandThroughput: most,
    warmThroughput: warm,
  }: Pick<IndexRecord, 'onDemandThroughput' | 'warmThroughput'>,
  throughput: Throughput | undefined,
  status: Busy['status'] | 'ACTIVE',
) {
  const limits = most === undefined ? {} : { OnDemandThroughput: { ...most } }
  if (status === 'CREATING' || status === 'DELETING')
    return warm === undefined
      ? limits
      : { ...limits, WarmThroughput: { ...warm, Status: 'UPDATING' as const } }
  return { ...limits, WarmThroughput: { ...(warm ?? usualWarmth(throughput)), Status: 'ACTIVE' as const } }
}

/** What a table or an index can do at once: what is provisioned, or what on demand begins with (LocalStack's recordings). */
const usualWarmth = (throughput: Throughput | undefined) => ({
  ReadUnitsPerSecond: throughput?.ReadCapacityUnits ?? 12_000,
  WriteUnitsPerSecond: throughput?.WriteCapacityUnits ?? 4000,
})

function describeRestore(
  { backupArn, tableArn, at }: NonNullable<TableRecord['restored']>,
  isMaking: boolean,
): RestoreSummary {
  return {
    ...(backupArn === undefined ? {} : { SourceBackupArn: backupArn }),
    SourceTableArn: tableArn,
    RestoreDateTime: new Date(at),
    RestoreInProgress: isMaking,
  }
}

function describeIndex(record: TableRecord, index: IndexRecord, { indexes }: TableCounts) {
  const { items, bytes } = indexes.get(index.name) ?? noItems
  return {
    IndexName: index.name,
    KeySchema: index.keySchema.map(element => ({ ...element })),
    Projection: {
      ProjectionType: index.projection.ProjectionType,
      ...(index.projection.NonKeyAttributes === undefined
        ? {}
        : { NonKeyAttributes: [...index.projection.NonKeyAttributes] }),
    },
    IndexSizeBytes: bytes,
    ItemCount: items,
    IndexArn: `${record.arn}/index/${index.name}`,
  }
}

function describeThroughput(throughput: Throughput | undefined) {
  const { increasedAt, decreasedAt, decreases = 0 } = throughput ?? {}
  return {
    ...(increasedAt === undefined ? {} : { LastIncreaseDateTime: new Date(increasedAt) }),
    ...(decreasedAt === undefined ? {} : { LastDecreaseDateTime: new Date(decreasedAt) }),
    NumberOfDecreasesToday: decreases,
    ReadCapacityUnits: throughput?.ReadCapacityUnits ?? 0,
    WriteCapacityUnits: throughput?.WriteCapacityUnits ?? 0,
  }
}
