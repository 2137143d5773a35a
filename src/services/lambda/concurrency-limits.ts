import type { Reader } from '../../stores/index.ts'
import { keyOf, type Reference } from './names.ts'
import { provisioned, reservations, type Scope } from './state.ts'

/** Concurrent executions of an account. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const accountConcurrency = 1000
/** So many of them cannot be reserved. */
export const unreservedMinimum = 100

/** What the functions of an account and region have reserved, but for one of them. */
export function reservedBesides(reader: Reader, { account, region }: Scope, name?: string): number {
  let sum = 0
  for (const [[, , other], count] of reservations.under(reader, account, region))
    if (other !== name) sum += count
  return sum
}

/** What a function's versions and aliases have provisioned. */
export function provisionedOf(reader: Reader, reference: Reference): number {
  let sum = 0
  for (const [, { count }] of provisioned.under(reader, ...keyOf(reference))) sum += count
  return sum
}
