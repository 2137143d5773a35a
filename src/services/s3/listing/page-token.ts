import { invalidArgument } from '../errors.ts'

/** A continuation token: opaque, and checked when it comes back. */
export function writeToken(text: string): string {
  return Buffer.from(`1${text}`).toString('base64')
}

/** What a token says. */
export function readToken(token: string): string {
  const text = Buffer.from(token, 'base64').toString()
  if (!text.startsWith('1') || writeToken(text.slice(1)) !== token)
    throw invalidArgument('The continuation token provided is incorrect', 'continuation-token')
  return text.slice(1)
}
