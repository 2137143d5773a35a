import { validationException } from '../errors.ts'

/**
 * `ConditionalOperator` joins two or more conditions of the old kind and stands for nothing else
 * (words and place as ExtendDB's tests against DynamoDB have them; DynamoDB Local's are the same).
 */
export function checkConditionalOperator(operator: string | undefined, conditions: object | undefined): void {
  if (operator === undefined) return
  const count = Object.keys(conditions ?? {}).length
  if (count === 0) throw validationException('ConditionalOperator cannot be used without Filter or Expected')
  if (count === 1) {
    throw validationException(
      'ConditionalOperator can only be used when Filter or Expected has two or more elements',
    )
  }
}
