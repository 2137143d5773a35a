import { invalidParameter } from './errors.ts'
import type { Path } from './expressions/index.ts'
import { keyAttributes, type SecondaryIndex, type Table } from './table.ts'

/** The attributes among `paths` that an index's rows do not hold, in alphabetical order. */
function unprojected(table: Table, index: SecondaryIndex, paths: readonly Path[]): readonly string[] {
  if (index.projection.type === 'ALL') return []
  const held = new Set([
    ...keyAttributes(table.key).map(({ name }) => name),
    ...keyAttributes(index.key).map(({ name }) => name),
    ...index.projection.attributes,
  ])
  const names = paths.map(([name]) => name).filter(name => typeof name === 'string')
  return [...new Set(names)].filter(name => !held.has(name)).sort()
}

/**
 * Whether the attributes that are asked for take the table's items as well. A local index fetches them; a global
 * one cannot. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LSI.html#LSI.Projections
 * (the refusal's words as nubo-db/dynamodb-conformance recorded them).
 */
export function needsItems(
  table: Table,
  index: SecondaryIndex | undefined,
  paths: readonly Path[] | undefined,
): boolean {
  if (index === undefined || paths === undefined) return false
  const missing = unprojected(table, index, paths)
  if (missing.length === 0) return false
  if (!index.isGlobal) return true
  throw invalidParameter(`Global secondary index ${index.name} does not project [${missing.join(', ')}]`)
}

/** Refuses a filter over attributes that neither the index holds nor the request fetches (recorded by the same). */
export function checkFilterProjected(table: Table, index: SecondaryIndex, paths: readonly Path[]): void {
  const missing = unprojected(table, index, paths)
  if (missing.length === 0) return
  throw invalidParameter(
    `Secondary index ${index.name} does not project one or more filter attributes: [${missing.join(', ')}]`,
  )
}
