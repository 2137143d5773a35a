import { Buffer } from 'node:buffer'
import { AwsError } from '../../aws/index.ts'
import type { Reader, Writer } from '../../stores/index.ts'
import { validationException } from './errors.ts'
import { type Caller, findTable, tableRecordKey, tableRecords } from './state.ts'
import type { TableRecord } from './table-record.ts'

/** The table that a tag operation names by its ARN. */
export function requireTableByArn(reader: Reader, caller: Caller, arn: string): TableRecord {
  const account = /^arn:aws[^:]*:dynamodb:[^:]+:(\d{12}):table\/[^/]{3,}$/.exec(arn)?.[1]
  if (account === undefined)
    throw validationException(`Invalid TableArn: Invalid ResourceArn provided as input ${arn}`)
  if (account !== caller.account)
    throw new AwsError('AccessDeniedException', `${caller.account} is not authorized to use resource: ${arn}`)
  const found = findTable(reader, caller, arn)
  if (found === undefined) {
    throw new AwsError(
      'ResourceNotFoundException',
      `Requested resource not found: ResourcArn: ${arn} not found`,
    )
  }
  return found.record
}

/** Replaces a table's record. */
export function putRecord(writer: Writer, caller: Caller, record: TableRecord): void {
  writer.put(tableRecords, tableRecordKey(caller, record.arn), Buffer.from(JSON.stringify(record)))
}
