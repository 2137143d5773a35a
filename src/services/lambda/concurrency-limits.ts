import type { Reader } from '../../stores/index.ts'
import { provisioned, reservations } from './state.ts'

/** Concurrent executions of an account. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const accountConcurrency = 1000
/** So many of them cannot be reserved. */
export const unreservedMinimum = 100

/** What functions have reserved, but for one of them. */
export function reservedBesides(reader: Reader, name: string): number {
  let sum = 0
  for (const [[other], count] of reservations.under(reader)) if (other !== name) sum += count
  return sum
}

/** What a function's versions and aliases have provisioned. */
export function provisionedOf(reader: Reader, name: string): number {
  let sum = 0
  for (const [, { count }] of provisioned.under(reader, name)) sum += count
  return sum
}
