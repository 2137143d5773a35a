import { expect, test } from 'vitest'
import { FastScanner } from '../../../src/vtl/json/fast-scan.ts'
import { JsonTexts } from '../../../src/vtl/json/json-text.ts'
import { behindTheEnd, createScanSpace, type JsonScan, scanJson } from '../../../src/vtl/json/scan-json.ts'

interface Scanned {
  readonly scan: JsonScan
  readonly tape: readonly number[]
}

/** What a scan says of a text, and its tape as far as it goes; of what is no JSON nothing else counts. */
function outcome(scan: JsonScan, tape: Int32Array): Scanned | 'no JSON' {
  const end = tape[1] ?? 0
  return scan.valid ? { scan, tape: [...tape.subarray(0, end < 0 ? ~end + 1 : 2)] } : 'no JSON'
}

const space = createScanSpace()

function inJavaScript(text: string): Scanned | 'no JSON' {
  const units = Array.from({ length: text.length }, (_, at) => Math.min(text.charCodeAt(at), 0x7f))
  return outcome(scanJson(new Uint8Array([...units, ...behindTheEnd]), text, space), space.tape)
}

const scanner = FastScanner.create()

/** The same by vectors; undefined where they leave it to the other. */
function byVectors(text: string): Scanned | 'no JSON' | undefined {
  if (scanner === undefined) throw new Error('This processor has no vectors')
  const fast = scanner.scan(text)
  return fast && outcome(fast.scan, fast.tape)
}

/** Numbers below `bound`, the same in every run. */
function dice(seed: number): (bound: number) => number {
  let state = seed
  return bound => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * bound)
  }
}

const letters = [
  'a',
  'name',
  'é',
  'ÿ',
  '日',
  '本',
  '😀',
  '\ud800',
  '\u0000',
  '\t',
  '/',
  'longer than any vector',
]
const escapes = ['\\n', '\\"', '\\\\', '\\/', '\\u0041', '\\uD83D\\uDE00', '\\u00', '\\x']
const numbers = [
  '0',
  '-0',
  '007',
  '1.5',
  '0.0001',
  '10.50',
  '1.',
  '1e5',
  '1E-3',
  '9007199254740993',
  '-',
  '.5',
]
const decimals = ['12345678.5', '1234567.12345678', '1234567.123456789', '-0.0', '0.001', '-1.25', '+1', '1e']
const blanks = ['', '', '', ' ', '\n  ', '\t', '                    ', '\u0000', '\u00a0', '\ufeff']
const words = ['true', 'false', 'null', 'nul', 'fals', 'True', 'truefalse']
const names = ['"a"', '"b"', '"abc"', '"adc"', '"é"', '"è"', '"日本"', '"日木"', '""']
const signs = ['{', '}', '[', ']', ',', ':', '"', '\\', ' ', '0', '-', 'e', '.', '\u0001', 'x', '日']

function writer(roll: (bound: number) => number) {
  const pick = (list: readonly string[]): string => list[roll(list.length)] ?? ''
  const many = (most: number, make: () => string, by: string): string =>
    Array.from({ length: roll(most) }, make).join(by)
  const string = (): string => `"${many(5, () => pick(roll(6) === 0 ? escapes : letters), '')}"`
  const spaced = (text: string): string => `${pick(blanks)}${text}${pick(blanks)}`
  const value = (depth: number): string => {
    const most = roll(30) === 0 ? 80 : 5
    switch (roll(depth > 0 ? 7 : 4)) {
      case 0:
        return string()
      case 1:
        return roll(2) === 0 ? String(roll(1e6) / 100) : pick([...numbers, ...decimals])
      case 2:
        return pick(words.slice(0, roll(5) === 0 ? words.length : 3))
      case 3:
        return `[${pick(blanks)}]`
      case 4:
        return `[${many(most, () => spaced(value(depth - 1)), ',')}]`
      default:
        return `{${many(most, () => `${spaced(roll(2) === 0 ? string() : pick(names))}:${spaced(value(depth - 1))}`, ',')}}`
    }
  }
  /** Cuts a text short, or takes something out, puts something in. */
  const spoil = (text: string): string => {
    const at = roll(text.length + 1)
    if (roll(4) === 0) return text.slice(0, at)
    return text.slice(0, at) + pick(roll(2) === 0 ? signs : ['']) + text.slice(at + roll(3))
  }
  return { document: () => spaced(value(5)), spoil }
}

test('by vectors as in JavaScript: the same texts are JSON, the same tape is left', () => {
  const { document, spoil } = writer(dice(20260101))
  const counts = { alike: 0, json: 0, unsure: 0 }
  for (let round = 0; round < 4000; round++) {
    const text = document()
    for (const each of [text, spoil(text), spoil(spoil(text))]) {
      const expected = inJavaScript(each)
      const actual = byVectors(each)
      if (actual === undefined) counts.unsure++
      else if (JSON.stringify(actual) === JSON.stringify(expected)) counts.alike++
      else expect({ each, actual }).toEqual({ each, actual: expected })
      if (expected !== 'no JSON') counts.json++
    }
  }
  expect(counts.alike + counts.unsure).toBe(12_000)
  expect(counts.json).toBeGreaterThan(2500)
  expect(counts.unsure).toBeLessThan(200)
})

const bounds: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['an open quote', '"'],
  ['a backslash at the end', '"\\'],
  ['an escape cut short', '"\\u12'],
  ['a string of many vectors', `"${'x'.repeat(200_000)}"`],
  ['the deepest list', '['.repeat(1000) + ']'.repeat(1000)],
  ['one deeper', '['.repeat(1001) + ']'.repeat(1001)],
  ['objects, the deepest', `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`],
  ['lists that never end', '['.repeat(1000)],
  [
    '64 names',
    JSON.stringify(Object.fromEntries(Array.from({ length: 64 }, (_, index) => [`n${index}`, 1]))),
  ],
  [
    '65 names',
    JSON.stringify(Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`n${index}`, 1]))),
  ],
  ['a name twice', '{"name":1,"other":2,"name":3}'],
  ['a long name twice', `{"${'x'.repeat(70_000)}":1,"x":2,"${'x'.repeat(70_000)}":3}`],
  ['names of one length', '{"abc":1,"adc":2,"aec":3}'],
  ['names beyond Latin-1', '{"日本":1,"日木":2,"é":3,"è":4}'],
  ['as many values as units', `[${'1,'.repeat(50_000)}1]`],
]

test.each(bounds)('at the bounds: %s', (_name, text) => {
  expect(byVectors(text)).toEqual(inJavaScript(text))
})

test('a name twice in a text that was narrowed is left to JavaScript', () => {
  expect(byVectors('{"日本":1,"日本":2}')).toBeUndefined()
})

const places: readonly ((unit: string) => string)[] = [
  unit => `"${unit}"`,
  unit => `"${'x'.repeat(20)}${unit}"`,
  unit => `"\\${unit}"`,
  unit => `"\\u00${unit}0"`,
  unit => `"\\u${unit}${unit}${unit}${unit}"`,
  unit => `${unit}1`,
  unit => `1${unit}`,
  unit => `0${unit}5`,
  unit => `1.${unit}`,
  unit => `1e${unit}2`,
  unit => `tru${unit}`,
  unit => `{"a"${unit}:1}`,
  unit => `[1${unit}]`,
  unit => `[${' '.repeat(20)}${unit}]`,
]

test('each unit at each place', () => {
  const units = Array.from({ length: 0x180 }, (_, code) => String.fromCharCode(code))
  for (const place of places) {
    const texts = units.map(place)
    expect(texts.map(byVectors)).toEqual(texts.map(inJavaScript))
  }
})

test('a text keeps its tape, or makes it again, whatever is scanned after it', () => {
  const texts = new JsonTexts()
  const sizes = [10, 1000, 300, 100_000, 20, 1_500_000, 5000]
  const sources = sizes.map(size => JSON.stringify({ size, items: 'ab,'.repeat(size).split(',') }))
  const scanned = sources.map(source => texts.scan(source))
  const places = (tape: Int32Array | undefined): number[] => [...(tape ?? []).slice(0, 9)]
  expect(scanned.map(text => places(text?.tape))).toEqual(
    sources.map(source => {
      scanJson(new Uint8Array([...Buffer.from(source), ...behindTheEnd]), source, space)
      return places(space.tape)
    }),
  )
})
