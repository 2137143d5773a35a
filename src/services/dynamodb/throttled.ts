import { Buffer } from 'node:buffer'
import { AwsError, type Operation } from '../../aws/index.ts'
import type { DynamoDbState } from './state.ts'

/** What provisioned throughput bounds: operations on items. */
const ofItems = [
  ...['BatchExecuteStatement', 'BatchGetItem', 'BatchWriteItem', 'DeleteItem', 'ExecuteStatement'],
  ...[
    'ExecuteTransaction',
    'GetItem',
    'PutItem',
    'Query',
    'Scan',
    'TransactGetItems',
    'TransactWriteItems',
    'UpdateItem',
  ],
]

/**
 * Refuses the configured share of calls, so that what SDKs do about it can be tried.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
 */
export function throttled<Operations extends Readonly<Record<string, Operation<DynamoDbState, never>>>>(
  operations: Operations,
): Readonly<Record<string, Operation<DynamoDbState, never>>> {
  const bounded = ofItems.map((name): [string, Operation<DynamoDbState, never>] => {
    const operation = operations[name]
    if (operation === undefined) throw new Error(`there is no operation ${name}`)
    return [
      name,
      (context, input) => {
        refuseSome(context.state)
        return operation(context, input)
      },
    ]
  })
  return { ...operations, ...Object.fromEntries(bounded) }
}

function refuseSome({ chaos, ids }: DynamoDbState): void {
  const share = chaos?.throttle ?? 0
  if (share === 0 || Buffer.from(ids.bytes(4)).readUInt32BE() >= share * 2 ** 32) return
  throw new AwsError(
    'ProvisionedThroughputExceededException',
    'The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.',
  )
}
