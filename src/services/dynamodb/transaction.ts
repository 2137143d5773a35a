import { createHash } from 'node:crypto'
import { AwsError, type OperationContext } from '../../aws/index.ts'
import type { Writer } from '../../stores/index.ts'
import { type Consumption, writeConsumption } from './capacity.ts'
import { validationException } from './errors.ts'
import { readItem, refuseRepeatedItems, writeChange } from './items.ts'
import { type DynamoDbState, requireTable } from './state.ts'
import { appendRecord, type ChangeOrigin } from './stream-log.ts'
import type { Table } from './table.ts'
import type { TransactionAction } from './transaction-action.ts'
import { type CancellationReason, reasonFor, transactionCanceled } from './transaction-error.ts'
import { rememberedRequest, rememberRequest } from './transaction-tokens.ts'
import type { Item } from './values/attribute-value.ts'
import { itemSize } from './values/item-size.ts'
import { checkedChange, type ItemWrite, originOf } from './write-item.ts'

/** 4 MB. */
const maximumTransaction = 4 * 1024 * 1024

/** What became of a transaction. */
export interface DoneTransaction {
  readonly done: readonly DoneAction[]
  /** The token was known: nothing was written this time. */
  readonly isRepeated: boolean
}

/** Runs a transaction's writes: all or none, and once for each client request token. */
export async function runTransaction(
  context: OperationContext<DynamoDbState>,
  actions: readonly TransactionAction[],
  token: string | undefined,
  content: unknown,
): Promise<DoneTransaction> {
  const digest = token === undefined ? '' : createHash('sha256').update(orderedText(content)).digest('hex')
  const origins = actions.map(() => originOf(context))
  return context.state.store.transaction(writer => {
    const tables = actions.map(({ tableName }) => requireTable(writer, context, tableName))
    refuseRepeatedItems(
      actions.flatMap(({ keyIn }, index) => {
        const table = tables[index]
        return table === undefined ? [] : [{ table, key: keyIn(table) }]
      }),
    )
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
}

/** JSON whose members are in one order: a token's second request may name them in another (recorded by LocalStack). */
function orderedText(content: unknown): string {
  return JSON.stringify(content, (_, value: unknown) =>
    value === null || typeof value !== 'object' || Array.isArray(value)
      ? value
      : Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))),
  )
}

/** One action that was done, and what it cost. */
export interface DoneAction {
  readonly table: Table
  readonly key: Item
  readonly consumption: Consumption
}

/** First every action is checked, then every condition, so that all reasons are known; then all is written. */
function writeAll(
  writer: Writer,
  actions: readonly TransactionAction[],
  tables: readonly Table[],
  origins: readonly ChangeOrigin[],
): DoneAction[] {
  const planned = plannedWrites(actions, tables)
  const reasons: CancellationReason[] = []
  let size = 0
  const changes = planned.map(({ action, table, write }, index) => {
    const origin = origins[index]
    if (origin === undefined) throw new Error('every action has its origin')
    try {
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
      writeChange(writer, table, action.keyIn(table), change)
      appendRecord(writer, table, change, origin)
    }
    return [{ table, key: action.keyIn(table), consumption: writeConsumption(table, change, 2) }]
  })
}

interface PlannedWrite {
  readonly action: TransactionAction
  readonly table: Table
  readonly write: ItemWrite
}

/** The first action that is wrong ends the transaction: no other is looked at any more (ScyllaDB's suite, run on AWS). */
function plannedWrites(actions: readonly TransactionAction[], tables: readonly Table[]): PlannedWrite[] {
  return actions.map((action, index) => {
    const table = tables[index]
    if (table === undefined) throw new Error('every action has its table')
    try {
      return { action, table, write: action.write(table) }
    } catch (error) {
      const reason = reasonFor(error)
      throw transactionCanceled(actions.map((_, at) => (at === index ? reason : { Code: 'None' })))
    }
  })
}

/** A request that was seen already costs what reading its items costs. */
function consumptionOnly(actions: readonly TransactionAction[], tables: readonly Table[]): DoneAction[] {
  return actions.flatMap((action, index) => {
    const table = tables[index]
    return table === undefined
      ? []
      : [{ table, key: action.keyIn(table), consumption: { table: 2, indexes: new Map() } }]
  })
}
