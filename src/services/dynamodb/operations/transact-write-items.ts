import { createHash } from 'node:crypto'
import type {
  ConsumedCapacity,
  TransactWriteItemsCommandInput,
  TransactWriteItemsCommandOutput,
} from '@aws-sdk/client-dynamodb'
import { AwsError } from '../../../aws/index.ts'
import type { Writer } from '../../../stores/index.ts'
import { type Consumption, consumedCapacity, sumConsumption, writeConsumption } from '../capacity.ts'
import { validationException } from '../errors.ts'
import { collectionMetrics } from '../item-collection.ts'
import { itemKeyText, keyOf, readItem, writeChange } from '../items.ts'
import { type DynamoDbOperation, requireTable } from '../state.ts'
import { appendRecord, type ChangeOrigin } from '../stream-log.ts'
import type { Table } from '../table.ts'
import { type TransactionAction, transactionAction } from '../transaction-action.ts'
import { type CancellationReason, reasonFor, transactionCanceled } from '../transaction-error.ts'
import { rememberedRequest, rememberRequest } from '../transaction-tokens.ts'
import { itemSize } from '../values/item-size.ts'
import type { Wire } from '../wire.ts'
import { announce, checkedChange, originOf } from '../write-item.ts'

type Output = Wire<Omit<TransactWriteItemsCommandOutput, '$metadata'>>

/** 4 MB. */
const maximumTransaction = 4 * 1024 * 1024

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
export const TransactWriteItems: DynamoDbOperation<
  TransactWriteItemsCommandInput,
  Omit<TransactWriteItemsCommandOutput, '$metadata'>
> = async (context, input) => {
  const token = input.ClientRequestToken
  const digest = createHash('sha256').update(JSON.stringify(input.TransactItems)).digest('hex')
  const actions = (input.TransactItems ?? []).map(transactionAction)
  const origins = actions.map(() => originOf(context))
  const { done, isRepeated } = await context.state.store.transaction(writer => {
    const tables = actions.map(({ tableName }) => requireTable(writer, context, tableName))
    checkDistinct(actions, tables)
    const known = token === undefined ? undefined : rememberedRequest(writer, context, token)
    if (known !== undefined && known !== digest) {
      throw new AwsError(
        'IdempotentParameterMismatchException',
        'Request token was already used with different parameters',
      )
    }
    const done =
      known === undefined ? writeAll(writer, actions, tables, origins) : consumptionOnly(actions, tables)
    if (token !== undefined && known === undefined) rememberRequest(writer, context, token, digest)
    return { done, isRepeated: known !== undefined }
  })
  return outputOf(input, done, isRepeated, table => announce(context, table))
}

interface DoneAction {
  readonly table: Table
  readonly key: TransactionAction['key']
  readonly consumption: Consumption
}

/** First every action is checked, so that all reasons are known; then all is written. */
function writeAll(
  writer: Writer,
  actions: readonly TransactionAction[],
  tables: readonly Table[],
  origins: readonly ChangeOrigin[],
): DoneAction[] {
  const reasons: CancellationReason[] = []
  let size = 0
  const changes = actions.map((action, index) => {
    const [table, origin] = [tables[index], origins[index]]
    if (table === undefined || origin === undefined) throw new Error('every action has its table and origin')
    try {
      const write = action.write(table)
      const change = checkedChange(write, readItem(writer, table, write.key))
      reasons.push({ Code: 'None' })
      size += change.after === undefined || action.isCheck ? 0 : itemSize(change.after)
      return { action, table, origin, change }
    } catch (error) {
      reasons.push(reasonFor(error))
      return undefined
    }
  })
  if (reasons.some(reason => reason.Code !== 'None')) throw transactionCanceled(reasons)
  if (size > maximumTransaction) {
    throw validationException(
      'Collection size of items in transaction request has exceeded the maximum allowed size',
    )
  }
  return changes.flatMap(one => {
    if (one === undefined) return []
    const { action, table, origin, change } = one
    if (!action.isCheck) {
      writeChange(writer, table, change)
      appendRecord(writer, table, change, origin)
    }
    return [{ table, key: action.key, consumption: writeConsumption(table, change, 2) }]
  })
}

/** A request that was seen already costs what reading its items costs. */
function consumptionOnly(actions: readonly TransactionAction[], tables: readonly Table[]): DoneAction[] {
  return actions.flatMap((action, index) => {
    const table = tables[index]
    return table === undefined
      ? []
      : [{ table, key: action.key, consumption: { table: 2, indexes: new Map() } }]
  })
}

function checkDistinct(actions: readonly TransactionAction[], tables: readonly Table[]): void {
  const seen = new Set<string>()
  for (const [index, { key }] of actions.entries()) {
    const table = tables[index]
    if (table === undefined) continue
    const text = `${table.arn} ${itemKeyText(keyOf(table, key))}`
    if (seen.has(text)) {
      throw validationException('Transaction request cannot include multiple operations on one item')
    }
    seen.add(text)
  }
}

function outputOf(
  input: Wire<TransactWriteItemsCommandInput>,
  done: readonly DoneAction[],
  isRepeated: boolean,
  grew: (table: Table) => void,
): Output {
  const capacities: ConsumedCapacity[] = []
  const metrics: NonNullable<Output['ItemCollectionMetrics']> = {}
  for (const table of new Set(done.map(one => one.table))) {
    grew(table)
    const own = done.filter(one => one.table === table)
    const sum = sumConsumption(own.map(one => one.consumption))
    const capacity = consumedCapacity(input.ReturnConsumedCapacity, table, sum, isRepeated ? 'read' : 'write')
    if (capacity !== undefined) capacities.push(capacity)
    const collections = own.flatMap(
      ({ key }) => collectionMetrics(input.ReturnItemCollectionMetrics, table, key) ?? [],
    )
    if (collections.length > 0) metrics[table.name] = collections
  }
  return {
    ...(capacities.length === 0 ? {} : { ConsumedCapacity: capacities }),
    ...(Object.keys(metrics).length === 0 ? {} : { ItemCollectionMetrics: metrics }),
  }
}
