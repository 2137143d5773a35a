import { Buffer } from 'node:buffer'
import { AwsError, type OperationContext } from '../../aws/index.ts'
import type { Reader, Writer } from '../../stores/index.ts'
import { validationException } from './errors.ts'
import { type Caller, findTable, tableRecordKey, tableRecords } from './state.ts'
import type { TableRecord } from './table-record.ts'

/** Checks the ARN that a tag operation is given; that one that is none is invalid was recorded by nubo-db/dynamodb-conformance. */
export function checkTaggedArn(
  { account: own, principal }: Pick<OperationContext<unknown>, 'account' | 'principal'>,
  operation: string,
  arn: string,
): void {
  const account = /^arn:aws[^:]*:dynamodb:[^:]+:(\d{12}):table\/[^/]{3,}$/.exec(arn)?.[1]
  if (account === undefined)
    throw validationException(`Invalid TableArn: Invalid ResourceArn provided as input ${arn}`)
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
  missing = `Requested resource not found: ResourcArn: ${arn} not found`,
): TableRecord {
  const found = findTable(reader, caller, arn)
  if (found === undefined) throw new AwsError('ResourceNotFoundException', missing)
  return found.record
}

/** Replaces a table's record. */
export function putRecord(writer: Writer, caller: Caller, record: TableRecord): void {
  writer.put(tableRecords, tableRecordKey(caller, record.arn), Buffer.from(JSON.stringify(record)))
}

/** Fifty tags, none of AWS's own prefix: documented; the words are assumed. */
export function checkTags(tags: Readonly<Record<string, string>>): void {
  const names = Object.keys(tags)
  if (names.length > 50)
    throw validationException(
      'One or more parameter values were invalid: A resource may have 50 tags at most',
    )
  const own = names.find(name => /^aws:/i.test(name))
  if (own !== undefined)
    throw validationException(
      `One or more parameter values were invalid: Tag keys that begin with aws: are AWS's own: ${own}`,
    )
}
