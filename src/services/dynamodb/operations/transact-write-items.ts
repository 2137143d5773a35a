import type {
  ConsumedCapacity,
  TransactWriteItemsCommandInput,
  TransactWriteItemsCommandOutput,
} from '@aws-sdk/client-dynamodb'
import { consumedCapacity, sumConsumption } from '../capacity.ts'
import { collectionMetrics } from '../item-collection.ts'
import type { DynamoDbOperation } from '../state.ts'
import type { Table } from '../table.ts'
import { type DoneTransaction, runTransaction } from '../transaction.ts'
import { transactionAction } from '../transaction-action.ts'
import type { Wire } from '../wire.ts'
import { announce } from '../write-item.ts'

type Output = Wire<Omit<TransactWriteItemsCommandOutput, '$metadata'>>

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
export const TransactWriteItems: DynamoDbOperation<
  TransactWriteItemsCommandInput,
  Omit<TransactWriteItemsCommandOutput, '$metadata'>
> = async (context, input) => {
  const actions = (input.TransactItems ?? []).map(transactionAction)
  const transaction = await runTransaction(context, actions, input.ClientRequestToken, input.TransactItems)
  return outputOf(input, transaction, table => announce(context, table))
}

function outputOf(
  input: Wire<TransactWriteItemsCommandInput>,
  { done, isRepeated }: DoneTransaction,
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
