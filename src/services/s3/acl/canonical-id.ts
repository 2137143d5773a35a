import { createHash } from 'node:crypto'

const idOf = (account: string): string =>
  createHash('sha256').update(`canonical user ${account}`).digest('hex').slice(0, 52) +
  account.slice(-12).padStart(12, '0')

/**
 * The account's canonical user id, 64 hexadecimal digits, which S3 names owners by. It ends with the account itself, so
 * that a grant can be traced back without a table. https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html
 */
export function canonicalId(account: string): string {
  return idOf(account)
}

/** The account that a canonical id belongs to, undefined where it is nobody's. */
export function accountOfCanonicalId(id: string): string | undefined {
  const account = id.slice(-12)
  return /^\d{12}$/.test(account) && idOf(account) === id ? account : undefined
}

/** How S3 shows an owner; the display name left its answers in 2025 but older clients compare it. */
export function ownerOf(account: string): { readonly DisplayName: string; readonly ID: string } {
  return { DisplayName: displayName(account), ID: idOf(account) }
}

/** The name of an account, which here is its number. */
export function displayName(account: string): string {
  return account
}
