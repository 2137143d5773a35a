const quote = 0x22
const backslash = 0x5c

/** The first position from `at` that is no blank. */
export function skipBlanks(source: string, at: number): number {
  let next = at
  while (source.charCodeAt(next) <= 32) next++
  return next
}

/** Behind the string that begins at `at`, in a source that is known to be JSON. */
export function endOfString(source: string, at: number): number {
  let next = at + 1
  for (;;) {
    const unit = source.charCodeAt(next)
    if (unit === quote) return next + 1
    next += unit === backslash ? 2 : 1
  }
}

/** Behind the object or the list that begins at `at`. */
export function endOfContainer(source: string, at: number): number {
  let depth = 0
  let next = at
  for (;;) {
    const unit = source.charCodeAt(next)
    if (unit === quote) {
      next = endOfString(source, next)
      continue
    }
    next++
    // `[` and `{`, `]` and `}` differ in one bit each.
    if ((unit | 0x20) === 0x7b) depth++
    else if ((unit | 0x20) === 0x7d && --depth === 0) return next
  }
}

/** Behind the number or the word that begins at `at`. */
export function endOfScalar(source: string, at: number): number {
  let next = at
  for (;;) {
    const unit = source.charCodeAt(next)
    if (unit <= 32 || unit === 0x2c || unit === 0x5d || unit === 0x7d || Number.isNaN(unit)) return next
    next++
  }
}

/**
 * Where the value of the member `name` begins, among the members that begin at `at`; -1 where there is none. `spaced` says
 * whether there are blanks at all.
 */
export function memberNamed(source: string, at: number, name: string, spaced: boolean): number {
  let next = spaced ? skipBlanks(source, at) : at
  while (source.charCodeAt(next) === quote) {
    const end = endOfString(source, next)
    const found = end - next === name.length + 2 && source.startsWith(name, next + 1)
    next = spaced ? skipBlanks(source, skipBlanks(source, end) + 1) : end + 1
    if (found) return next
    next = behindMember(source, next, spaced)
  }
  return -1
}

/** Where the next member begins, behind the one whose value begins at `at`. */
export function behindMember(source: string, at: number, spaced: boolean): number {
  const unit = source.charCodeAt(at)
  const end =
    unit === quote
      ? endOfString(source, at)
      : unit === 0x7b || unit === 0x5b
        ? endOfContainer(source, at)
        : endOfScalar(source, at)
  return spaced ? skipBlanks(source, skipBlanks(source, end) + 1) : end + 1
}
