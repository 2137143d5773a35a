import { Buffer } from 'node:buffer'
import { AwsError, type OperationContext } from '../../aws/index.ts'
import type { Reader, Writer } from '../../stores/index.ts'
import { invalidParameter, validationException } from './errors.ts'
import { type Caller, findTable, tableRecordKey, tableRecords } from './state.ts'
import type { TableRecord } from './table-record.ts'

/** The account of a resource's ARN, which is of that form; what is none is refused as ack-api-quirks recorded it in 2026. */
export function checkArn(arn: string, form: RegExp): string {
  const account = form.exec(arn)?.[1]
  if (account !== undefined) return account
  if (!arn.startsWith('arn:')) throw invalidParameter(`ARNs must start with 'arn:': ${arn}`)
  if (arn.split(':')[2] !== 'dynamodb')
    throw invalidParameter(`Provided Arn is not a DynamoDB resource arn: ${arn}`)
  throw invalidParameter(
    `Invalid resource arn provided, only table or stream is accepted. Provided resource arn: ${arn}`,
  )
}

/** Checks the ARN that a tag operation is given. */
export function checkTaggedArn(
  { account: own, principal }: Pick<OperationContext<unknown>, 'account' | 'principal'>,
  operation: string,
  arn: string,
): void {
  const account = checkArn(arn, /^arn:aws[^:]*:dynamodb:[^:]+:(\d{12}):table\/[^/]{3,}$/)
  if (account !== own) {
    throw new AwsError(
      'AccessDeniedException',
      `User: ${principal.arn} is not authorized to perform: dynamodb:${operation} on resource: ${arn} because no resource-based policy allows the dynamodb:${operation} action`,
    )
  }
}

/** The table that a tag operation names by its ARN; `missing` says that there is none. */
export function requireTableByArn(
  reader: Reader,
  caller: Caller,
  arn: string,
  missing = `Requested resource not found: ResourceArn: ${arn} not found`,
): TableRecord {
  const found = findTable(reader, caller, arn)
  if (found === undefined) throw new AwsError('ResourceNotFoundException', missing)
  return found.record
}

/** Replaces a table's record. */
export function putRecord(writer: Writer, caller: Caller, record: TableRecord): void {
  writer.put(tableRecords, tableRecordKey(caller, record.arn), Buffer.from(JSON.stringify(record)))
}

/** Letters, blanks, digits and some signs. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.html */
const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

/** Fifty tags, none of AWS's own prefix, of some characters only; the words are ack-api-quirks's. */
export function checkTags(tags: Readonly<Record<string, string>>): void {
  const names = Object.keys(tags)
  if (names.length > 50)
    throw validationException('Number of Tags exceed the current limit for the provided ResourceArn')
  for (const [key, value] of Object.entries(tags)) {
    if (/^aws:/i.test(key)) throw validationException(`Tag Key cannot be prefixed with aws:, Key: ${key}`)
    if (!tagText.test(key)) throw validationException(`The Tag Key provided is invalid, Key: ${key}`)
    if (!tagText.test(value)) throw validationException(`The Tag Value provided is invalid, Value: ${value}`)
  }
}
