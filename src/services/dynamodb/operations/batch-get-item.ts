import type {
  BatchGetItemCommandInput,
  BatchGetItemCommandOutput,
  ConsumedCapacity,
} from '@aws-sdk/client-dynamodb'
import { consumedCapacity, readUnits } from '../capacity.ts'
import { checkKey, checkKeyPaths } from '../check-keys.ts'
import { checkTableName } from '../check-table-name.ts'
import { validationException } from '../errors.ts'
import { type Path, project } from '../expressions/index.ts'
import { itemFromText, sizeFromText, writtenItem } from '../item-text.ts'
import { itemKeyText, readRow } from '../items.ts'
import { attributesToGet } from '../legacy/attributes-to-get.ts'
import { checkMixture, requestExpressions } from '../request-expressions.ts'
import { type DynamoDbOperation, requireTable } from '../state.ts'
import type { Item } from '../values/attribute-value.ts'
import { checkValue } from '../values/check-value.ts'
import type { Wire } from '../wire.ts'

type Requests = NonNullable<Wire<BatchGetItemCommandInput>['RequestItems']>
type TableRequest = Requests[string]

/** 16 MB of items are answered; the keys of the rest come back as unprocessed. */
const maximumResponse = 16 * 1024 * 1024

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
export const BatchGetItem: DynamoDbOperation<
  BatchGetItemCommandInput,
  Omit<BatchGetItemCommandOutput, '$metadata'>
> = async (context, input) => {
  const requests = Object.entries(input.RequestItems ?? {})
  const projections = checkRequests(requests)
  return context.state.store.read(reader => {
    const responses: Record<string, Item[]> = {}
    const unprocessed: Requests = {}
    const capacities: ConsumedCapacity[] = []
    let size = 0
    const tables = requests.map(([name, request]) => {
      const table = requireTable(reader, context, name)
      for (const key of request.Keys ?? []) checkKey(table, key)
      checkKeyPaths(table, projections.get(name) ?? [])
      return { name, request, table }
    })
    for (const { name, request, table } of tables) {
      const paths = projections.get(name)
      const items: Item[] = []
      const left: Item[] = []
      let units = 0
      for (const key of request.Keys ?? []) {
        const row = readRow(reader, table, key)
        const bytes = row === undefined ? 0 : sizeFromText(row)
        if (size + bytes > maximumResponse) {
          left.push(key)
          continue
        }
        size += bytes
        units += readUnits(bytes, request.ConsistentRead === true)
        if (row !== undefined)
          items.push(paths === undefined ? writtenItem(row) : project(itemFromText(row), paths))
      }
      responses[name] = items
      if (left.length > 0) unprocessed[name] = { ...request, Keys: left }
      const capacity = consumedCapacity(input.ReturnConsumedCapacity, table, {
        table: units,
        indexes: new Map(),
      })
      if (capacity !== undefined) capacities.push(capacity)
    }
    return {
      Responses: responses,
      UnprocessedKeys: unprocessed,
      ...(capacities.length === 0 ? {} : { ConsumedCapacity: capacities }),
    }
  })
}

/** Checks all tables' requests before any table is looked at; gives their projections. */
function checkRequests(
  requests: readonly (readonly [string, TableRequest])[],
): ReadonlyMap<string, readonly Path[]> {
  const projections = new Map<string, readonly Path[]>()
  let count = 0
  for (const [name, request] of requests) {
    checkTableName(name)
    const keys = request.Keys ?? []
    checkMixture(request, ['ProjectionExpression'], ['AttributesToGet'])
    const paths = requestExpressions(request).projection ?? attributesToGet(request.AttributesToGet)
    if (paths !== undefined) projections.set(name, paths)
    const seen = new Set<string>()
    for (const key of keys) {
      for (const value of Object.values(key)) {
        const problem = checkValue(value)
        if (problem !== undefined) throw validationException(problem)
      }
      const text = itemKeyText(key)
      if (seen.has(text)) throw validationException('Provided list of item keys contains duplicates')
      seen.add(text)
    }
    count += keys.length
    if (count > 100) throw validationException('Too many items requested for the BatchGetItem call')
  }
  return projections
}
