import { AwsError } from '../aws-error.ts'

/** What a JSON service answers a body whose types are not the model's. */
export function serializationException(message: string): AwsError {
  return new AwsError('SerializationException', message, { statusCode: 400 })
}

/** How AWS's parser calls a JSON value that it cannot convert. */
export function tokenName(value: unknown): string {
  if (typeof value === 'string') return 'STRING_VALUE'
  if (typeof value === 'number') return Number.isInteger(value) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE'
  return value === true ? 'TRUE_VALUE' : value === false ? 'FALSE_VALUE' : 'NULL_VALUE'
}

/**
 * The error of a simple value: wordings that dynalite's tests recorded from DynamoDB
 * (https://github.com/architect/dynalite/blob/main/test/helpers.js), used for every JSON service.
 */
export function cannotConvert(value: unknown, type: string, javaClass: string): AwsError {
  if (Array.isArray(value)) return serializationException(`Unrecognized collection type class ${javaClass}`)
  if (typeof value === 'object' && value !== null)
    return serializationException('Start of structure or map found where not expected')
  return serializationException(`${tokenName(value)} cannot be converted to ${type}`)
}
