import type { IndexRecord, KeySchemaInput, Throughput } from './table-record.ts'

/** An index as CreateTable or UpdateTable gives it. */
export function indexRecord(
  index: {
    readonly IndexName?: string | undefined
    readonly KeySchema?: unknown
    readonly Projection?: unknown
    readonly ProvisionedThroughput?: { readonly [Unit in keyof Throughput]: number | undefined } | undefined
    readonly OnDemandThroughput?: IndexRecord['onDemandThroughput'] | undefined
    readonly WarmThroughput?: IndexRecord['warmThroughput'] | undefined
  },
  number: number,
  isGlobal: boolean,
): IndexRecord {
  return {
    name: index.IndexName ?? '',
    number,
    isGlobal,
    keySchema: index.KeySchema as KeySchemaInput,
    projection: index.Projection as IndexRecord['projection'],
    ...(index.ProvisionedThroughput === undefined
      ? {}
      : { throughput: throughputOf(index.ProvisionedThroughput) }),
    ...(index.OnDemandThroughput === undefined ? {} : { onDemandThroughput: index.OnDemandThroughput }),
    ...(index.WarmThroughput === undefined ? {} : { warmThroughput: index.WarmThroughput }),
  }
}

/** Read and write capacity as given. */
export const throughputOf = (
  given: { ReadCapacityUnits?: number | undefined; WriteCapacityUnits?: number | undefined } = {},
): Throughput => ({
  ReadCapacityUnits: given.ReadCapacityUnits ?? 0,
  WriteCapacityUnits: given.WriteCapacityUnits ?? 0,
})
