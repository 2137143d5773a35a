import type { Header } from './call.ts'

/** The first value under a name in a header list; `lower` is lower-case. */
export function findHeader(headers: readonly Header[], lower: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === lower)?.[1]
}

/** Says whether a header list has a name; `lower` is lower-case. */
export function hasHeader(headers: readonly Header[], lower: string): boolean {
  return headers.some(([name]) => name.toLowerCase() === lower)
}

/** Says whether HTTP can carry a header (RFC 9110, 5.5): no control characters, nothing beyond Latin-1. */
export function isSendable(name: string, value: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && !/[^\t\x20-\x7e\x80-\xff]/.test(value)
}
