import { AwsError } from '../../aws/index.ts'
import type { TableRecord } from './table-record.ts'

/** A resource has no policy, or not the expected one. */
export const policyNotFound = (arn = ''): AwsError =>
  new AwsError(
    'PolicyNotFoundException',
    `Resource-based policy not found for the provided ResourceArn: ${arn}`,
  )

/** `ExpectedRevisionId`: `NO_POLICY` stands for none. */
export function checkRevision(record: TableRecord, expected: string | undefined): void {
  if (expected === undefined || (record.resourcePolicy?.revision ?? 'NO_POLICY') === expected) return
  throw policyNotFound(record.arn)
}
