import type { Header } from './call.ts'

/** The first value under a name in a header list; `lower` is lower-case. */
export function findHeader(headers: readonly Header[], lower: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === lower)?.[1]
}

/** Says whether a header list has a name; `lower` is lower-case. */
export function hasHeader(headers: readonly Header[], lower: string): boolean {
  return headers.some(([name]) => name.toLowerCase() === lower)
}
