/**
 * Real milliseconds since 1970, which no `advance` moves: what a function's own clock shows, so its deadline is told in
 * it. Monotonic time will not do, for it stands still while a laptop sleeps.
 */
export function realTime(): number {
  return Date.now()
}
