import type { Select } from '@aws-sdk/client-dynamodb'
import { validationException } from './errors.ts'
import type { SecondaryIndex, Table } from './table.ts'

/** What a read of an index that cannot be is answered; PartiQL has words of its own. */
const refusals = {
  api: {
    missing: (name: string) => `The table does not have the specified index: ${name}`,
    consistent: 'Consistent reads are not supported on global secondary indexes',
  },
  // Recorded by nubo-db/dynamodb-conformance.
  partiql: {
    missing: () => 'The table does not have the specified index',
    consistent: 'Strongly consistent read is not supported on Global Secondary Indexes',
  },
} as const

/** The index that a request names, or undefined for the table itself. */
export function requireIndex(
  table: Table,
  {
    IndexName: name,
    ConsistentRead: isConsistent,
  }: { readonly IndexName?: string | undefined; readonly ConsistentRead?: boolean | undefined },
  now: number,
  words: keyof typeof refusals = 'api',
): SecondaryIndex | undefined {
  if (name === undefined) return undefined
  const index = table.indexes.find(one => one.name === name)
  if (index === undefined) throw validationException(refusals[words].missing(name))
  if (index.isGlobal && isConsistent) {
    throw validationException(refusals[words].consistent)
  }
  if (index.readyAt !== undefined && now < index.readyAt)
    throw validationException(`Cannot read from backfilling global secondary index: ${name}`)
  return index
}

/** Whether `Select: ALL_ATTRIBUTES` asks for more than the index holds; a global index cannot give it. */
export function fetchesItems(index: SecondaryIndex | undefined, select: Select | undefined): boolean {
  if (index === undefined || select !== 'ALL_ATTRIBUTES' || index.projection.type === 'ALL') return false
  if (!index.isGlobal) return true
  throw validationException(
    'One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index ' +
      `${index.name} because its projection type is not ALL`,
  )
}

/** `Select` against the presence of a projection. */
export function checkSelect(input: {
  readonly Select?: Select | undefined
  readonly IndexName?: string | undefined
  readonly ProjectionExpression?: string | undefined
  readonly AttributesToGet?: readonly string[] | undefined
}): void {
  const { Select: select, IndexName: indexName } = input
  const projection = (['ProjectionExpression', 'AttributesToGet'] as const).find(name => input[name])
  if (select === 'SPECIFIC_ATTRIBUTES' && projection === undefined) {
    throw validationException(
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    )
  }
  if (projection !== undefined && select !== undefined && select !== 'SPECIFIC_ATTRIBUTES') {
    throw validationException(
      select === 'COUNT'
        ? `Cannot specify the ${projection} when choosing to get only the Count`
        : `Cannot specify the ${projection} when choosing to get ${select}`,
    )
  }
  if (select === 'ALL_PROJECTED_ATTRIBUTES' && indexName === undefined) {
    throw validationException(
      'One or more parameter values were invalid: ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName',
    )
  }
}
