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
}

const quote = 0x22
const backslash = 0x5c

/** Deeper than this nobody means it; json-smart has such a bound too. */
const deepest = 1000

/** An object with more names than this is read rather than compared name by name. */
const mostNames = 64

/** What goes behind the last byte: what goes on with no token, the end of a string that has none, and once more. */
export const behindTheEnd: readonly number[] = [0x7f, quote, 0x7f]

/** Room for a scan, used again by the next. */
export interface ScanSpace {
  /**
   * Where the values of the last text stand, names among them. Of a scalar or a name: where it begins and ends. Of an
   * object or a list: where it begins, the complement of the place of its end in this tape, its members, its end.
   */
  tape: Int32Array
  readonly opens: Int32Array
  readonly seen: Int32Array
  readonly firstNames: Int32Array
  readonly names: number[]
  readonly marks: number[]
}

export function createScanSpace(): ScanSpace {
  return {
    tape: new Int32Array(4096),
    opens: new Int32Array(deepest + 1),
    seen: new Int32Array(deepest + 1),
    firstNames: new Int32Array(deepest + 1),
    names: [],
    marks: [],
  }
}

/**
 * Checks a whole text in one walk and notes where its values stand. `bytes` has a byte for each unit of the text, 0x7f for
 * one that is not ASCII. This is the inner loop of every render with a large body, so it is one function on local
 * variables: JSON.parse needs two to three times as long and builds what most templates never look at.
 */
export function scanJson(bytes: Uint8Array, text: string, space: ScanSpace): JsonScan {
  const scan: JsonScan = { valid: false, spaced: false, respelled: false, escaped: false }
  const { opens, seen, firstNames, names, marks } = space
  let { tape } = space
  let top = 0
  let depth = 0
  let at = 0
  let inObject = false
  let seenNames = 0
  let firstName = 0
  let nameCount = 0
  let unit = 0
  for (;;) {
    if (top + 6 > tape.length) tape = grown(space)
    if (inObject) {
      unit = bytes[at] as number
      while (unit <= 32) {
        scan.spaced = true
        unit = bytes[++at] as number
      }
      if (unit !== quote) return scan
      const start = at
      unit = bytes[++at] as number
      // Two bytes a turn: a quarter faster.
      while (unit !== quote && unit !== backslash && unit >= 32) {
        unit = bytes[++at] as number
        if (unit === quote || unit === backslash || unit < 32) break
        unit = bytes[++at] as number
      }
      at = unit === quote ? at + 1 : endOfEscapedText(bytes, at, scan)
      if (at < 0) return scan
      // Names are compared only where their marks are alike.
      const mark = ((at - start) << 16) ^ ((bytes[start + 1] as number) << 8) ^ (bytes[at - 2] as number)
      const bit = 1 << (mark ^ (mark >>> 8) ^ (mark >>> 14))
      if ((seenNames & bit) !== 0) {
        for (let index = firstName; index < nameCount; index++)
          if (marks[index] === mark && text.startsWith(text.slice(start, at), names[index]))
            scan.respelled = true
      }
      seenNames |= bit
      if (nameCount - firstName >= mostNames) scan.respelled = true
      else {
        marks[nameCount] = mark
        names[nameCount++] = start
      }
      tape[top] = start
      tape[top + 1] = at
      top += 2
      unit = bytes[at] as number
      while (unit <= 32) {
        scan.spaced = true
        unit = bytes[++at] as number
      }
      if (unit !== 0x3a) return scan
      at++
    }
    unit = bytes[at] as number
    while (unit <= 32) {
      scan.spaced = true
      unit = bytes[++at] as number
    }
    tape[top] = at
    if (unit === 0x7b || unit === 0x5b) {
      if (depth === deepest) return scan
      opens[depth] = top
      seen[depth] = seenNames
      firstNames[depth] = firstName
      depth++
      top += 2
      inObject = unit === 0x7b
      seenNames = 0
      firstName = nameCount
      unit = bytes[++at] as number
      while (unit <= 32) {
        scan.spaced = true
        unit = bytes[++at] as number
      }
      if (unit !== (inObject ? 0x7d : 0x5d)) continue
    } else {
      if (unit === quote) {
        unit = bytes[++at] as number
        while (unit !== quote && unit !== backslash && unit >= 32) {
          unit = bytes[++at] as number
          if (unit === quote || unit === backslash || unit < 32) break
          unit = bytes[++at] as number
        }
        at = unit === quote ? at + 1 : endOfEscapedText(bytes, at, scan)
      } else if (unit === 0x2d || (unit >= 0x30 && unit <= 0x39)) at = endOfNumber(bytes, at, scan)
      else at = endOfWord(bytes, at)
      if (at < 0) return scan
      tape[top + 1] = at
      top += 2
    }
    for (;;) {
      unit = bytes[at] as number
      while (unit <= 32) {
        scan.spaced = true
        unit = bytes[++at] as number
      }
      if (depth === 0) {
        scan.valid = at === text.length
        return scan
      }
      if (unit === 0x2c) {
        at++
        break
      }
      if (unit !== (inObject ? 0x7d : 0x5d)) return scan
      at++
      depth--
      if (top + 6 > tape.length) tape = grown(space)
      tape[(opens[depth] as number) + 1] = ~top
      tape[top++] = at
      seenNames = seen[depth] as number
      nameCount = firstName
      firstName = firstNames[depth] as number
      inObject = depth > 0 && bytes[tape[opens[depth - 1] as number] as number] === 0x7b
    }
  }
}

function grown(space: ScanSpace): Int32Array {
  const longer = new Int32Array(space.tape.length * 2)
  longer.set(space.tape)
  space.tape = longer
  return longer
}

/** Passes the rest of a string from its first escape or control character on; -1 where an escape is none. */
function endOfEscapedText(bytes: Uint8Array, start: number, scan: JsonScan): number {
  let at = start
  for (let unit = bytes[at] as number; unit !== quote; unit = bytes[at] as number) {
    if (unit === backslash) {
      scan.escaped = true
      if (bytes[at + 1] === 0x75 && !isHexadecimal(bytes, at + 2)) return -1
      if (!isPlainEscape(bytes[at + 1] as number)) scan.respelled = true
      at += 2
    } else {
      if (unit < 32) scan.respelled = true
      at++
    }
  }
  return at + 1
}

/** Passes a number; says whether Java prints it as it is written. */
function endOfNumber(bytes: Uint8Array, start: number, scan: JsonScan): number {
  let at = start
  let unit = bytes[at] as number
  if (unit === 0x2d) unit = bytes[++at] as number
  const first = at
  while (unit >= 0x30 && unit <= 0x39) unit = bytes[++at] as number
  const whole = at - first
  if (whole === 0) return -1
  // Leading zeros go, and so does the sign of a whole zero.
  if (bytes[first] === 0x30 && (whole > 1 || (first > start && unit !== 0x2e))) scan.respelled = true
  if (unit === 0x2e) {
    const point = at
    do unit = bytes[++at] as number
    while (unit >= 0x30 && unit <= 0x39)
    if (!printsAsWritten(bytes, whole, point, at)) scan.respelled = true
  }
  if (unit === 0x65 || unit === 0x45) {
    scan.respelled = true
    unit = bytes[++at] as number
    if (unit === 0x2b || unit === 0x2d) unit = bytes[++at] as number
    const digits = at
    while (unit >= 0x30 && unit <= 0x39) unit = bytes[++at] as number
    if (at === digits) return -1
  }
  return at
}

/** A short decimal between 0.001 and 10^7 without a superfluous zero: Java prints just that. */
function printsAsWritten(bytes: Uint8Array, whole: number, point: number, end: number): boolean {
  const digits = end - point - 1
  if (digits === 0 || whole > 7 || whole + digits > 15) return false
  if (digits > 1 && bytes[end - 1] === 0x30) return false
  return whole > 1 || bytes[point - 1] !== 0x30 || bytes[point + 1] !== 0x30 || bytes[point + 2] !== 0x30
}

function endOfWord(bytes: Uint8Array, at: number): number {
  switch (bytes[at]) {
    case 0x74:
      return bytes[at + 1] === 0x72 && bytes[at + 2] === 0x75 && bytes[at + 3] === 0x65 ? at + 4 : -1
    case 0x66:
      return bytes[at + 1] === 0x61 &&
        bytes[at + 2] === 0x6c &&
        bytes[at + 3] === 0x73 &&
        bytes[at + 4] === 0x65
        ? at + 5
        : -1
    case 0x6e:
      return bytes[at + 1] === 0x75 && bytes[at + 2] === 0x6c && bytes[at + 3] === 0x6c ? at + 4 : -1
    default:
      return -1
  }
}

function isHexadecimal(bytes: Uint8Array, at: number): boolean {
  for (let index = at; index < at + 4; index++) {
    const unit = bytes[index] as number
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
