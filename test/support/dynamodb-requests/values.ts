import { Random } from './random.ts'

/** Anything that JSON can say. */
export type Json = unknown

const strings = [
  ...['', 'a', 'b', 'ab', 'ß', '\u{1f600}', '\ud800', '\udc00x', '\u0000', 'e\u0301', '\u202e', '"\\'],
  ...['z'.repeat(1_030), 'é'.repeat(1_030), '__proto__', 'constructor', ' ', '\n', '\ufeff', '\uffff'],
]
const numbers = [
  ...[
    '0',
    '-0',
    '1',
    '-1',
    '1.0',
    '01',
    '+1',
    '.5',
    '5.',
    '1e2',
    '-1E-2',
    '1e125',
    '9.9e125',
    '1e126',
    '1e-130',
  ],
  ...['1e-131', '12345678901234567890123456789012345678', '123456789012345678901234567890123456789', '1e400'],
  ...[
    '0.00000000000000000000000000000000000001',
    'NaN',
    'Infinity',
    '',
    ' 1',
    '1 ',
    '0x1',
    '1_0',
    '١',
    '--1',
    '1e',
  ],
  ...['-99999999999999999999999999999999999999', '99999999999999999999999999999999999999e88', '1e9999999999'],
]
/** Attributes, some of them keys, some of them strange. */
export const names = [
  'k',
  's',
  'g',
  'h',
  'l',
  't',
  'a',
  'b',
  'c',
  'size',
  'm',
  '',
  '__proto__',
  'x.y',
  'ä',
  '#a',
  ':a',
]

const junk: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1e21,
  1.5,
  '',
  'x',
  [],
  {},
  [[]],
  [null],
  { S: null },
  { X: 'y' },
]

/** Makes attribute values, keys and items; most are right. */
export class Values extends Random {
  number = (): string => (this.chance(0.94) ? String(this.below(9) - 3) : this.pick(numbers))
  string = (): string => (this.chance(0.85) ? this.pick(['a', 'b', 'ab', 'abc']) : this.pick(strings))
  bytes = (): string =>
    this.chance(0.04)
      ? this.pick(['', '*', 'QQ', 'AB==', '===='])
      : this.pick(['AA==', 'AAE=', '/w==', 'AAA=', 'YWJj', 'AAAA'])

  value(depth = 0): Json {
    const kind = this.below(depth > 3 ? 6 : 12)
    if (kind < 2) return { S: this.string() }
    if (kind < 4) return { N: this.number() }
    if (kind === 4) return { B: this.bytes() }
    if (kind === 5)
      return this.pick([{ BOOL: true }, { BOOL: false }, { NULL: true }, { NULL: !this.chance(0.1) }])
    if (kind === 6) return { SS: this.set(this.string) }
    if (kind === 7) return { NS: this.set(this.number) }
    if (kind === 8) return { BS: this.set(this.bytes) }
    if (kind === 9) return { L: this.list(3, () => this.value(depth + 1)) }
    if (kind === 10 && this.chance(0.05)) return this.deep(25 + this.below(12))
    return { M: this.members(3, depth + 1) }
  }

  /** A set, nearly always of distinct members. */
  set(make: () => string): string[] {
    const list = [make(), ...this.list(2, make)]
    return this.chance(0.05) ? [] : this.chance(0.95) ? [...new Set(list)] : list
  }

  deep(levels: number): Json {
    return levels === 0
      ? { S: 'x' }
      : this.chance(0.5)
        ? { L: [this.deep(levels - 1)] }
        : { M: { m: this.deep(levels - 1) } }
  }

  members(most: number, depth = 0): Record<string, Json> {
    return Object.fromEntries(this.list(most, () => [this.pick(names), this.value(depth)] as const))
  }

  /** A key that is nearly always right. */
  key(table: string): Record<string, Json> {
    const k =
      table === 'Bytes'
        ? { B: this.pick(['AA==', 'AAE=', '/w==']) }
        : { S: this.pick(['a', 'b', 'c', '\u{1f600}']) }
    const key: Record<string, Json> = { k: this.chance(0.96) ? k : this.value() }
    if (table !== 'Plain' && this.chance(0.96))
      key['s'] =
        table === 'Bytes'
          ? { S: this.string() }
          : { N: this.chance(0.95) ? String(this.below(9) - 3) : this.number() }
    if (this.chance(0.02)) key[this.pick(names)] = this.value()
    return key
  }

  item(table: string): Record<string, Json> {
    const item: Record<string, Json> = { ...this.members(4), ...this.key(table) }
    if (table !== 'Plain' && this.chance(0.6))
      item['g'] = this.chance(0.9) ? { S: this.pick(['a', 'b', 'c']) } : this.value()
    if (table !== 'Plain' && this.chance(0.6))
      item['h'] = this.chance(0.9) ? { N: this.number() } : this.value()
    if (this.chance(0.3)) item['t'] = { N: String(1_767_225_600 + this.below(500) - 250) }
    if (this.chance(0.02)) item['a'] = { S: 'x'.repeat(409_000 + this.below(700)) }
    return item
  }

  /** Puts nonsense somewhere into a request, or takes something out. */
  spoil(body: Json): Json {
    if (typeof body !== 'object' || body === null || this.chance(0.2)) return this.pick(junk)
    const copy: Record<string, Json> | Json[] = Array.isArray(body) ? [...body] : { ...body }
    const keys = Object.keys(copy)
    if (keys.length === 0) return this.pick(junk)
    const key = this.pick(keys) as never
    if (this.chance(0.15)) delete copy[key]
    else copy[key] = this.spoil(copy[key]) as never
    return copy
  }
}
