import { AwsError } from '../../aws/index.ts'
import type { Item } from './values/attribute-value.ts'

/** The request is wrong in itself. */
export const validationException = (message: string): AwsError => new AwsError('ValidationException', message)

/** `One or more parameter values were invalid: …`, DynamoDB's usual beginning. */
export const invalidParameter = (what: string): AwsError =>
  validationException(`One or more parameter values were invalid: ${what}`)

/** A table that an item operation names does not exist. */
export const resourceNotFound = (): AwsError =>
  new AwsError('ResourceNotFoundException', 'Requested resource not found')

/** A table that a table operation names does not exist. */
export const tableNotFound = (table: string): AwsError =>
  new AwsError('ResourceNotFoundException', `Requested resource not found: Table: ${table} not found`)

/** A table that is to be made exists, or is in no state for what is asked. */
export const resourceInUse = (message: string): AwsError => new AwsError('ResourceInUseException', message)

/** A condition does not hold; `item` is shown where `ReturnValuesOnConditionCheckFailure` asks for it. */
export const conditionalCheckFailed = (item?: Item): AwsError =>
  new AwsError('ConditionalCheckFailedException', 'The conditional request failed', {
    detail: item === undefined ? {} : { Item: item },
  })
