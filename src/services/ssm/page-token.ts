import { invalidNextToken } from './errors.ts'

/** A page token: where the next page begins, not to be read by callers. */
export const tokenAfter = (last: string | number): string =>
  Buffer.from(JSON.stringify([last])).toString('base64')

/** The last key of the page before; undefined on the first page. */
export function readToken(token: string | undefined): string | number | undefined {
  if (token === undefined || token === '') return undefined
  try {
    const [last] = JSON.parse(Buffer.from(token, 'base64').toString())
    if (typeof last === 'string' || typeof last === 'number') return last
  } catch {
    // Falls through: whatever is no token of ours is refused in AWS's words.
  }
  throw invalidNextToken()
}
