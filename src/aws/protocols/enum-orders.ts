/**
 * Enumerations whose values AWS lists in another order than its published models do: the order of its Java sets, as
 * dynalite's tests recorded them (https://github.com/architect/dynalite/tree/main/validations) and
 * nubo-db/dynamodb-conformance repeats them from 2026; those of Lambda and Logs are in LocalStack's snapshots.
 */
const orders: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  dynamodb: {
    ComparisonOperator: 'IN NULL BETWEEN LT NOT_CONTAINS EQ GT NOT_NULL NE LE BEGINS_WITH GE CONTAINS'.split(
      ' ',
    ),
    ConditionalOperator: ['OR', 'AND'],
    ProjectionType: ['ALL', 'INCLUDE', 'KEYS_ONLY'],
    ReturnValue: ['ALL_NEW', 'UPDATED_OLD', 'ALL_OLD', 'NONE', 'UPDATED_NEW'],
    ScalarAttributeType: ['B', 'N', 'S'],
    Select: ['SPECIFIC_ATTRIBUTES', 'COUNT', 'ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES'],
  },
  lambda: {
    EventSourcePosition: ['LATEST', 'AT_TIMESTAMP', 'TRIM_HORIZON'],
    InvokeMode: ['RESPONSE_STREAM', 'BUFFERED'],
    RecursiveLoop: ['Terminate', 'Allow'],
    SnapStartApplyOn: ['PublishedVersions', 'None'],
  },
  logs: { OutputFormat: ['w3c', 'raw', 'json', 'plain', 'parquet'] },
}

/** The values of an enumeration in the order in which the service's messages list them. */
export function enumOrder(service: string, shape: string, values: readonly string[]): readonly string[] {
  const recorded = orders[service]?.[shape] ?? []
  return [...recorded, ...values.filter(value => !recorded.includes(value))]
}
