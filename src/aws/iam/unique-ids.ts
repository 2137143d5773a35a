import { createHash } from 'node:crypto'
import type { Ids } from '../../ports/index.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes */
export type IdPrefix = 'AIDA' | 'AGPA' | 'AROA' | 'ANPA' | 'AIPA'

/** A unique id as IAM gives its entities: `AROA` and 17 characters. */
export function uniqueId(prefix: IdPrefix, ids: Ids): string {
  return prefix + ids.token(17, alphabet)
}

/**
 * An access key id: `AKIA` for users, `ASIA` for sessions, then 16 characters of which the first eight hold the
 * account, as AWS's own do, so that GetAccessKeyInfo can tell it of any key.
 */
export function accessKeyId(prefix: 'AKIA' | 'ASIA', account: string, ids: Ids): string {
  const random = BigInt(`0x${Buffer.from(ids.bytes(8)).toString('hex')}`)
  // 80 bits: one that is always set, forty of the account, thirty-nine at random.
  const bits = (1n << 79n) | (BigInt(account) << 39n) | (random & ((1n << 39n) - 1n))
  let text = ''
  for (let shift = 75n; shift >= 0n; shift -= 5n) text += alphabet[Number((bits >> shift) & 31n)]
  return prefix + text
}

/** The account inside an access key id; undefined for ids that AWS (or we) did not make. */
export function accountOfAccessKey(id: string): string | undefined {
  if (!/^A[KS]IA[A-Z2-7]{16}$/.test(id)) return undefined
  let bits = 0n
  for (const character of id.slice(4)) bits = (bits << 5n) | BigInt(alphabet.indexOf(character))
  const account = (bits >> 39n) & ((1n << 40n) - 1n)
  return account < 1_000_000_000_000n ? String(account).padStart(12, '0') : undefined
}

/** 40 characters, as AWS's secrets have. */
export function secretAccessKey(ids: Ids): string {
  return ids.token(40, 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/')
}

/** A session token; opaque to all but us. */
export function sessionToken(ids: Ids): string {
  return `IQoJb3JpZ2luX2Vj${Buffer.from(ids.bytes(252)).toString('base64')}`
}

/** The id of a role that nobody created: always the same for one ARN, so that its sessions can be told from a deleted role's. */
export function undeclaredRoleId(roleArn: string): string {
  return stableId('AROA', roleArn)
}

/** An id that is always the same for one name. */
export function stableId(prefix: IdPrefix, name: string): string {
  const digest = createHash('sha256').update(name).digest()
  return prefix + Array.from(digest.subarray(0, 17), byte => alphabet[byte & 31]).join('')
}
