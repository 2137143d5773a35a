import { AwsError, policyProblem } from '../../aws/index.ts'
import type { Reader, Writer } from '../../stores/index.ts'
import { invalidParameter, tableNotFound } from './errors.ts'
import { type Caller, findTable } from './state.ts'
import { findStream, putStreamPolicy } from './stream-registry.ts'
import { checkArn, putRecord } from './tagged-table.ts'

/** A policy that a table or a stream has, as it was written. */
export interface ResourcePolicy {
  readonly document: string
  readonly revision: string
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-considerations.html */
const largestPolicy = 20 * 1024

/** A resource has no policy, or not the expected one. */
export const policyNotFound = (arn = ''): AwsError =>
  new AwsError(
    'PolicyNotFoundException',
    `Resource-based policy not found for the provided ResourceArn: ${arn}`,
  )

/** The policy of a table or a stream by its ARN; whether the caller may see it was asked before. */
export function policyOf(
  reader: Reader,
  caller: Caller,
  arn: string,
  now: number,
): ResourcePolicy | undefined {
  if (arn.includes('/stream/')) return findStream(reader, arn, now)?.policy
  return findTable(reader, caller, arn)?.record.resourcePolicy
}

/** These and the words for policies: ack-api-quirks, recorded in 2026. */
const streamNotFound = (label: string, table: string): AwsError =>
  new AwsError(
    'ResourceNotFoundException',
    `Requested resource not found: Stream: ${label} not found for Table: ${table}`,
  )

/** As `policyOf`, for the operations on policies: the resource must exist. */
export function requireHolder(
  reader: Reader,
  caller: Caller,
  arn: string,
  now: number,
): ResourcePolicy | undefined {
  checkArn(arn, /^arn:aws[^:]*:dynamodb:[^:]+:(\d{12}):table\/[^/]+(?:\/stream\/[^/]+)?$/)
  const [, table = '', , label] = arn.split('/')
  if (
    label === undefined
      ? findTable(reader, caller, arn) === undefined
      : findStream(reader, arn, now) === undefined
  )
    throw label === undefined ? tableNotFound(table) : streamNotFound(label, table)
  return policyOf(reader, caller, arn, now)
}

/** Puts a policy in place of what a table or stream has; undefined removes it. */
export function putPolicy(
  writer: Writer,
  caller: Caller,
  arn: string,
  policy: ResourcePolicy | undefined,
): void {
  if (arn.includes('/stream/')) {
    putStreamPolicy(writer, arn, policy)
    return
  }
  const found = findTable(writer, caller, arn)
  if (found === undefined) return
  const { resourcePolicy: _, ...rest } = found.record
  putRecord(writer, caller, { ...rest, ...(policy === undefined ? {} : { resourcePolicy: policy }) })
}

/** Refuses a document that is no policy; how its problem is worded is assumed. */
export function checkPolicy(document: string): void {
  if (Buffer.byteLength(document) > largestPolicy)
    throw invalidParameter('Maximum policy size of 20480 bytes exceeded')
  const problem = policyProblem(document, 'resource')
  if (problem !== undefined) throw invalidParameter(`Invalid policy document: ${problem}`)
}

/** `ExpectedRevisionId`: `NO_POLICY` stands for none. */
export function checkRevision(
  policy: ResourcePolicy | undefined,
  expected: string | undefined,
  arn: string,
): void {
  if (expected === undefined || (policy?.revision ?? 'NO_POLICY') === expected) return
  throw policyNotFound(arn)
}
