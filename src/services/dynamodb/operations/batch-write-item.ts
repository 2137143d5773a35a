import type {
  BatchWriteItemCommandInput,
  BatchWriteItemCommandOutput,
  ConsumedCapacity,
} from '@aws-sdk/client-dynamodb'
import { type Consumption, consumedCapacity, sumConsumption, writeConsumption } from '../capacity.ts'
import { checkItemKeys, checkKey, checkKeyTypes } from '../check-keys.ts'
import { checkTableName } from '../check-table-name.ts'
import { validationException } from '../errors.ts'
import { collectionMetrics } from '../item-collection.ts'
import { tableKeyText } from '../items.ts'
import { type DynamoDbOperation, requireTable } from '../state.ts'
import type { Table } from '../table.ts'
import type { Item } from '../values/attribute-value.ts'
import { checkValue } from '../values/check-value.ts'
import { itemSize, maximumItemSize } from '../values/item-size.ts'
import type { Wire } from '../wire.ts'
import { announce, originOf, writeItem } from '../write-item.ts'

type Requests = NonNullable<Wire<BatchWriteItemCommandInput>['RequestItems']>

/** One write of a batch: an item to put or a key to delete. */
interface BatchWrite {
  readonly tableName: string
  readonly put: Item | undefined
  readonly remove: Item | undefined
  readonly size: number | undefined
}

const nothing: Consumption = { table: 0, indexes: new Map() }

/**
 * All writes of a batch go through one transaction, so none is left unprocessed.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html
 */
export const BatchWriteItem: DynamoDbOperation<
  BatchWriteItemCommandInput,
  Omit<BatchWriteItemCommandOutput, '$metadata'>
> = async (context, input) => {
  const measures = input.ReturnConsumedCapacity !== undefined
  const writes = checkRequests(input.RequestItems ?? {})
  const origins = writes.map(() => originOf(context))
  const done = await context.state.store.transaction(writer => {
    const tables = new Map(
      Object.keys(input.RequestItems ?? {}).map(name => [name, requireTable(writer, context, name)]),
    )
    checkAgainstTables(writes, tables)
    return writes.map(({ tableName, put, remove, size }, index) => {
      const table = tables.get(tableName)
      const origin = origins[index]
      if (table === undefined || origin === undefined) throw new Error('every write has its table and origin')
      const key = put ?? remove ?? {}
      const change = writeItem(
        writer,
        {
          table,
          key,
          condition: undefined,
          showsItem: false,
          isBlind: !measures,
          ...(size === undefined ? {} : { size }),
          next: () => put,
        },
        origin,
      )
      return { table, key, consumption: measures ? writeConsumption(table, change) : nothing }
    })
  })
  const perTable = new Map<Table, { consumed: Consumption[]; keys: Item[] }>()
  for (const { table, key, consumption } of done) {
    const entry = perTable.get(table) ?? { consumed: [], keys: [] }
    entry.consumed.push(consumption)
    entry.keys.push(key)
    perTable.set(table, entry)
  }
  const capacities: ConsumedCapacity[] = []
  const metrics: NonNullable<Wire<BatchWriteItemCommandOutput>['ItemCollectionMetrics']> = {}
  for (const [table, { consumed, keys }] of perTable) {
    announce(context, table)
    const capacity = consumedCapacity(input.ReturnConsumedCapacity, table, sumConsumption(consumed))
    if (capacity !== undefined) capacities.push(capacity)
    const collections = keys.flatMap(
      key => collectionMetrics(input.ReturnItemCollectionMetrics, table, key) ?? [],
    )
    if (collections.length > 0) metrics[table.name] = collections
  }
  return {
    UnprocessedItems: {},
    ...(capacities.length === 0 ? {} : { ConsumedCapacity: capacities }),
    ...(Object.keys(metrics).length === 0 ? {} : { ItemCollectionMetrics: metrics }),
  }
}

function checkRequests(requests: Requests): readonly BatchWrite[] {
  const writes: BatchWrite[] = []
  for (const [tableName, list] of Object.entries(requests)) {
    checkTableName(tableName)
    for (const { PutRequest, DeleteRequest } of list) {
      if ((PutRequest === undefined) === (DeleteRequest === undefined)) {
        throw validationException(
          'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
        )
      }
      const [put, remove] = [PutRequest?.Item, DeleteRequest?.Key]
      for (const value of Object.values(put ?? remove ?? {})) {
        const problem = checkValue(value)
        if (problem !== undefined) throw validationException(problem)
      }
      const size = put === undefined ? undefined : itemSize(put)
      if (size !== undefined && size > maximumItemSize) {
        throw validationException('Item size has exceeded the maximum allowed size')
      }
      writes.push({ tableName, put, remove, size })
    }
  }
  if (writes.length > 25) throw validationException('Too many items requested for the BatchWriteItem call')
  return writes
}

function checkAgainstTables(writes: readonly BatchWrite[], tables: ReadonlyMap<string, Table>): void {
  const seen = new Set<string>()
  for (const { tableName, put, remove } of writes) {
    const table = tables.get(tableName)
    if (table === undefined) continue
    if (put !== undefined) {
      checkKeyTypes(table, put)
      checkItemKeys(table, put)
    } else checkKey(table, remove ?? {})
    const text = tableKeyText(table, put ?? remove ?? {})
    if (seen.has(text)) throw validationException('Provided list of item keys contains duplicates')
    seen.add(text)
  }
}
