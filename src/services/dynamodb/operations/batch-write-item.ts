import type { Buffer } from 'node:buffer'
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
import { checkedSize, checkPut, putInto } from '../sent/put.ts'
import { type DynamoDbOperation, requireTable } from '../state.ts'
import type { Table } from '../table.ts'
import type { Item } from '../values/attribute-value.ts'
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
    return placeAll(writes, tables, measures).map(({ table, key, put, row, size }, index) => {
      const origin = origins[index]
      if (origin === undefined) throw new Error('every write has its origin')
      const change = writeItem(
        writer,
        {
          table,
          key,
          row,
          size,
          condition: undefined,
          showsItem: false,
          isBlind: !measures,
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
      checkPut(put ?? remove ?? {})
      writes.push({ tableName, put, remove, size: put === undefined ? undefined : checkedSize(put) })
    }
  }
  if (writes.length > 25) throw validationException('Too many items requested for the BatchWriteItem call')
  return writes
}

/** A write against its table, checked. */
interface PlacedWrite {
  readonly table: Table
  readonly key: Item
  readonly put: Item | undefined
  readonly row: Buffer | undefined
  readonly size: number | undefined
}

function placeAll(
  writes: readonly BatchWrite[],
  tables: ReadonlyMap<string, Table>,
  isLookedInto: boolean,
): readonly PlacedWrite[] {
  const seen = new Set<string>()
  return writes.map(({ tableName, put, remove, size }) => {
    const table = tables.get(tableName)
    if (table === undefined) throw new Error('every write has its table')
    const placed = put === undefined ? undefined : putInto(table, put, isLookedInto)
    const key = placed?.item ?? remove ?? {}
    if (placed === undefined) checkKey(table, key)
    else {
      checkKeyTypes(table, key)
      checkItemKeys(table, key)
    }
    const text = tableKeyText(table, key)
    if (seen.has(text)) throw validationException('Provided list of item keys contains duplicates')
    seen.add(text)
    return { table, key, put: placed?.item, row: placed?.row, size }
  })
}
