import { AwsError } from '../../aws/index.ts'
import type { Item } from './values/attribute-value.ts'

/** Why one action of a transaction failed; `None` for one that would have succeeded. */
export interface CancellationReason {
  readonly Code:
    | 'None'
    | 'ConditionalCheckFailed'
    | 'ValidationError'
    | 'TransactionConflict'
    | 'DuplicateItem'
  readonly Message?: string
  readonly Item?: Item
}

/** Nothing was written because of these actions. */
export function transactionCanceled(reasons: readonly CancellationReason[]): AwsError {
  const codes = reasons.map(reason => reason.Code).join(', ')
  return new AwsError(
    'TransactionCanceledException',
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    { detail: { CancellationReasons: reasons } },
  )
}

/** What an action's error becomes inside a transaction; anything but these ends the request as it is. */
export function reasonFor(error: unknown): CancellationReason {
  if (error instanceof AwsError && error.code === 'ConditionalCheckFailedException') {
    const item = error.detail['Item'] as Item | undefined
    return {
      Code: 'ConditionalCheckFailed',
      Message: error.message,
      ...(item === undefined ? {} : { Item: item }),
    }
  }
  // What is `not valid`, or too large to be put, is seen before the transaction begins (recorded by nubo-db/dynamodb-conformance).
  const isInput =
    error instanceof AwsError &&
    (error.message.includes('parameter values are not valid.') || error.message.startsWith('Item size has'))
  if (error instanceof AwsError && error.code === 'ValidationException' && !isInput) {
    return { Code: 'ValidationError', Message: error.message }
  }
  if (error instanceof AwsError && error.code === 'DuplicateItemException') {
    return { Code: 'DuplicateItem', Message: error.message }
  }
  throw error
}
