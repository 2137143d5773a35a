/** What a scan found out about a text. */
export interface JsonScan {
  /** Whether the text is one value of JSON. */
  valid: boolean
  /** Whether there are blanks outside of strings. */
  spaced: boolean
  /** Whether it must be read to be printed: a name comes twice, a number or an escape is printed otherwise. */
  respelled: boolean
  /** Whether a string has an escape. */
  escaped: boolean
  /** Where long objects and lists end, by where they begin, so that nobody has to walk through them again. */
  ends: Map<number, number> | undefined
}

const quote = 0x22
const backslash = 0x5c
const object = 1
const list = 2

/** What may come next. */
const wantsValue = 0
const wantsEnd = 1
const wantsNameOrEnd = 2
const wantsName = 3

/** Deeper than this nobody means it; json-smart has such a bound too. */
const deepest = 1000

/** An object with more names than this is read rather than compared name by name. */
const mostNames = 64

/** Containers longer than this are worth remembering. */
const longEnough = 256

/** The text as numbers, and `behindTheEnd`. */
export type Units = Uint8Array | Uint16Array

/** What goes behind the last unit: nothing that goes on with a token, and the end of a string that has none. */
export const behindTheEnd: readonly number[] = [0x7f, quote]

/** Room for a scan, used again by the next. */
export interface ScanSpace {
  readonly kinds: Uint8Array
  readonly starts: Int32Array
  readonly firstNames: Int32Array
  readonly names: number[]
  readonly marks: number[]
}

export function createScanSpace(): ScanSpace {
  return {
    kinds: new Uint8Array(deepest + 1),
    starts: new Int32Array(deepest + 1),
    firstNames: new Int32Array(deepest + 1),
    names: [],
    marks: [],
  }
}

/**
 * Checks a whole text in one walk over its units. This is the inner loop of every render with a large body, so it is one
 * function on local variables: 0.7 ns a byte, where JSON.parse needs 3 and builds what most templates never look at.
 */
export function scanJson(
  units: Units,
  length: number,
  { kinds, starts, firstNames, names, marks }: ScanSpace,
): JsonScan {
  const scan: JsonScan = { valid: false, spaced: false, respelled: false, escaped: false, ends: undefined }
  let nameCount = 0
  let depth = 0
  let at = 0
  let state = wantsValue
  let unit = 0
  for (;;) {
    if (at >= length) {
      scan.valid = at === length && depth === 0 && state === wantsEnd
      return scan
    }
    unit = units[at] as number
    if (unit <= 32) {
      scan.spaced = true
      at++
      continue
    }
    if (state === wantsEnd) {
      if (depth === 0) return scan
      if (unit !== 0x2c) {
        if (unit !== (kinds[depth] === object ? 0x7d : 0x5d)) return scan
        at++
        const start = starts[depth] as number
        if (at - start > longEnough) remember(scan, start, at)
        nameCount = firstNames[depth] as number
        depth--
        continue
      }
      state = kinds[depth] === object ? wantsName : wantsValue
      unit = units[++at] as number
      if (unit <= 32) continue
    }
    if (unit === quote) {
      const start = at
      unit = units[++at] as number
      // Two units a turn: a quarter faster.
      while (unit !== quote && unit !== backslash && unit >= 32) {
        unit = units[++at] as number
        if (unit === quote || unit === backslash || unit < 32) break
        unit = units[++at] as number
      }
      at = unit === quote ? at + 1 : endOfEscapedText(units, at, scan)
      if (at < 0) return scan
      if (state === wantsValue) {
        state = wantsEnd
        continue
      }
      const first = firstNames[depth] as number
      const mark = ((at - start) << 16) ^ ((units[start + 1] as number) << 8) ^ (units[at - 2] as number)
      for (let index = first; index < nameCount; index++)
        if (marks[index] === mark && sameName(units, names[index] as number, start, at)) scan.respelled = true
      if (nameCount - first >= mostNames) scan.respelled = true
      else {
        marks[nameCount] = mark
        names[nameCount++] = start
      }
      while ((units[at] as number) <= 32) {
        scan.spaced = true
        at++
      }
      if (units[at] !== 0x3a) return scan
      state = wantsValue
      unit = units[++at] as number
      if (unit <= 32) continue
      if (unit === quote) {
        unit = units[++at] as number
        // Two units a turn: a quarter faster.
        while (unit !== quote && unit !== backslash && unit >= 32) {
          unit = units[++at] as number
          if (unit === quote || unit === backslash || unit < 32) break
          unit = units[++at] as number
        }
        at = unit === quote ? at + 1 : endOfEscapedText(units, at, scan)
        if (at < 0) return scan
        state = wantsEnd
        continue
      }
    }
    if (state !== wantsValue) {
      if (unit !== 0x7d || state !== wantsNameOrEnd) return scan
      at++
      depth--
      state = wantsEnd
      continue
    }
    if (unit === 0x7b || unit === 0x5b) {
      if (depth === deepest) return scan
      depth++
      kinds[depth] = unit === 0x7b ? object : list
      starts[depth] = at
      firstNames[depth] = nameCount
      at++
      if (unit === 0x7b) {
        state = wantsNameOrEnd
        continue
      }
      while ((units[at] as number) <= 32) {
        scan.spaced = true
        at++
      }
      if (units[at] === 0x5d) {
        at++
        depth--
        state = wantsEnd
      }
      continue
    }
    state = wantsEnd
    if (unit === 0x2d || (unit >= 0x30 && unit <= 0x39)) {
      const end = endOfNumber(units, at, scan)
      if (end < 0) return scan
      at = end
    } else {
      const end = endOfWord(units, at)
      if (end < 0) return scan
      at = end
    }
  }
}

function remember(scan: JsonScan, start: number, end: number): void {
  scan.ends ??= new Map()
  scan.ends.set(start, end)
}

/** Passes the rest of a string from its first escape or control character on; -1 where an escape is none. */
function endOfEscapedText(units: Units, start: number, scan: JsonScan): number {
  let at = start
  for (let unit = units[at] as number; unit !== quote; unit = units[at] as number) {
    if (unit === backslash) {
      scan.escaped = true
      if (units[at + 1] === 0x75 && !isHexadecimal(units, at + 2)) return -1
      if (!isPlainEscape(units[at + 1] as number)) scan.respelled = true
      at += 2
    } else {
      if (unit < 32) scan.respelled = true
      at++
    }
  }
  return at + 1
}

/** Whether the name at `other` is the one from `start` to `end`; their lengths are the same. */
function sameName(units: Units, other: number, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (units[at] !== units[other + at - start]) return false
  return true
}

/** Passes a number; says whether Java prints it as it is written. */
function endOfNumber(units: Units, start: number, scan: JsonScan): number {
  let at = start
  let unit = units[at] as number
  if (unit === 0x2d) unit = units[++at] as number
  const first = at
  while (unit >= 0x30 && unit <= 0x39) unit = units[++at] as number
  const whole = at - first
  if (whole === 0) return -1
  if ((whole > 1 && units[first] === 0x30) || (units[first] === 0x30 && first > start)) scan.respelled = true
  if (unit === 0x2e) {
    const point = at
    do unit = units[++at] as number
    while (unit >= 0x30 && unit <= 0x39)
    if (!printsAsWritten(units, whole, point, at)) scan.respelled = true
  }
  if (unit === 0x65 || unit === 0x45) {
    scan.respelled = true
    unit = units[++at] as number
    if (unit === 0x2b || unit === 0x2d) unit = units[++at] as number
    const digits = at
    while (unit >= 0x30 && unit <= 0x39) unit = units[++at] as number
    if (at === digits) return -1
  }
  return at
}

/** A short decimal between 0.001 and 10^7 without a superfluous zero: Java prints just that. */
function printsAsWritten(units: Units, whole: number, point: number, end: number): boolean {
  const digits = end - point - 1
  if (digits === 0 || whole > 7 || whole + digits > 15) return false
  if (digits > 1 && units[end - 1] === 0x30) return false
  return whole > 1 || units[point - 1] !== 0x30 || units[point + 1] !== 0x30 || units[point + 2] !== 0x30
}

function endOfWord(units: Units, at: number): number {
  switch (units[at]) {
    case 0x74:
      return units[at + 1] === 0x72 && units[at + 2] === 0x75 && units[at + 3] === 0x65 ? at + 4 : -1
    case 0x66:
      return units[at + 1] === 0x61 &&
        units[at + 2] === 0x6c &&
        units[at + 3] === 0x73 &&
        units[at + 4] === 0x65
        ? at + 5
        : -1
    case 0x6e:
      return units[at + 1] === 0x75 && units[at + 2] === 0x6c && units[at + 3] === 0x6c ? at + 4 : -1
    default:
      return -1
  }
}

function isHexadecimal(units: Units, at: number): boolean {
  for (let index = at; index < at + 4; index++) {
    const unit = units[index] as number
    const letter = unit | 0x20
    if (!((unit >= 0x30 && unit <= 0x39) || (letter >= 0x61 && letter <= 0x66))) return false
  }
  return true
}

/** Escapes that are written again just so: `\" \\ \n \r \t \b \f`. */
function isPlainEscape(kind: number): boolean {
  return (
    kind === quote ||
    kind === backslash ||
    kind === 0x6e ||
    kind === 0x72 ||
    kind === 0x74 ||
    kind === 0x62 ||
    kind === 0x66
  )
}
