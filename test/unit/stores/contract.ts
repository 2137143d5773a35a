import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Range, Reader, Store } from '../../../src/stores/index.ts'
import type { Engine } from './engines.ts'

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1')
const text = (value: Uint8Array | undefined): string | undefined =>
  value === undefined ? undefined : Buffer.from(value).toString('latin1')
const list = (reader: Reader, table: string, range: Range = {}): string[] =>
  [...reader.range(table, range)].map(({ key, value }) => `${text(key)}=${text(value)}`)

/** A repeatable sequence of numbers below `limit`. */
function sequence(seed: number): (limit: number) => number {
  let state = seed
  return limit => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

/** What every engine promises; called inside a `describe` of the engine. */
export function contract(engine: Engine): void {
  let store: Store
  let dispose: () => Promise<void>
  beforeEach(async () => {
    const opened = await engine.open()
    store = opened.store
    dispose = opened.dispose
  })
  afterEach(() => dispose())

  const fill = (table: string, ...keys: string[]): Promise<void> =>
    store.transaction(writer => {
      for (const key of keys) writer.put(table, bytes(key), bytes(key.toUpperCase()))
    })
  const read = <Result>(run: (reader: Reader) => Result): Promise<Result> => Promise.resolve(store.read(run))

  test('what a transaction wrote is read after it, and only in its table', async () => {
    const answer = await store.transaction(writer => {
      writer.put('a', bytes('k'), bytes('v'))
      return 'answer'
    })
    expect(answer).toBe('answer')
    expect(await read(reader => text(reader.get('a', bytes('k'))))).toBe('v')
    expect(await read(reader => reader.get('b', bytes('k')))).toBeUndefined()
    expect(await read(reader => reader.get('a', bytes('K')))).toBeUndefined()
    expect(await read(reader => [list(reader, 'a'), list(reader, 'b'), list(reader, 'aa')])).toEqual([
      ['k=v'],
      [],
      [],
    ])
  })

  test('empty keys, empty values, every byte, long keys and large values come back', async () => {
    const every = Buffer.from(Array.from({ length: 256 }, (_, at) => at))
    const long = Buffer.alloc(3500, 0xff)
    const large = Buffer.alloc(3_000_000, 'abc')
    await store.transaction(writer => {
      writer.put('t', Buffer.alloc(0), bytes('no key'))
      writer.put('t', bytes('no value'), Buffer.alloc(0))
      writer.put('t', every, every)
      writer.put('t', long, large)
    })
    const found = await read(reader =>
      [Buffer.alloc(0), bytes('no value'), every, long].map(key => text(reader.get('t', key))),
    )
    expect(found.slice(0, 3)).toEqual(['no key', '', text(every)])
    expect(found[3] === text(large)).toBe(true)
    expect(await read(reader => [...reader.range('t', {})].map(({ key }) => key.length))).toEqual([
      0, 256, 8, 3500,
    ])
  })

  test('keys sort by unsigned bytes, and a range has an inclusive lower and an exclusive upper bound', async () => {
    await fill('t', 'b', '\xff', 'a', '\x80', 'ab', '\x7f', '\x00', 'a\x00')
    await fill('s', 'z')
    await fill('u', '0')
    const keys = (range: Range): Promise<(string | undefined)[]> =>
      read(reader => [...reader.range('t', range)].map(({ key }) => text(key)))
    const all = ['\x00', 'a', 'a\x00', 'ab', 'b', '\x7f', '\x80', '\xff']
    expect(await keys({})).toEqual(all)
    expect(await keys({ reverse: true })).toEqual(all.toReversed())
    expect(await keys({ from: bytes('a'), to: bytes('b') })).toEqual(['a', 'a\x00', 'ab'])
    expect(await keys({ from: bytes('a'), to: bytes('b'), reverse: true })).toEqual(['ab', 'a\x00', 'a'])
    expect(await keys({ from: bytes('aa') })).toEqual(['ab', 'b', '\x7f', '\x80', '\xff'])
    expect(await keys({ to: bytes('aa'), reverse: true })).toEqual(['a\x00', 'a', '\x00'])
    expect(await keys({ limit: 2 })).toEqual(['\x00', 'a'])
    expect(await keys({ limit: 2, reverse: true })).toEqual(['\xff', '\x80'])
    expect(await keys({ limit: 0 })).toEqual([])
    expect(await keys({ from: bytes('c'), to: bytes('b') })).toEqual([])
    expect(await keys({ from: bytes('b'), to: bytes('b') })).toEqual([])
  })

  test('values as text have a character for each byte, inside a transaction too', async () => {
    const every = Buffer.from(Array.from({ length: 256 }, (_, at) => at))
    const large = Buffer.alloc(300_000, 'ab\xff', 'latin1')
    const ask = (reader: Reader) => ({
      one: reader.text('t', bytes('b')),
      none: reader.text('t', bytes('x')),
      up: [...reader.texts('t', { from: bytes('b') })].map(found => (found.length > 300 ? 'large' : found)),
      down: [...reader.texts('t', { reverse: true, to: bytes('d'), limit: 2 })].length,
      entries: [...reader.textEntries('t', { from: bytes('b'), limit: 1 })],
      backwards: [...reader.textEntries('t', { reverse: true })].map(({ key }) => key).join(),
      same: [...reader.texts('t', {})].join() === [every, bytes('B'), large, bytes('new')].map(text).join(),
    })
    await fill('t', 'b', 'd')
    await fill('s', 'z')
    await fill('u', '0')
    const expected = {
      one: 'B',
      none: undefined,
      up: ['B', 'large', 'new'],
      down: 2,
      entries: [{ key: 'b', value: 'B' }],
      backwards: 'd,c,b,a',
      same: true,
    }
    const inside = await store.transaction(writer => {
      writer.put('t', bytes('a'), every)
      writer.put('t', bytes('c'), large)
      writer.put('t', bytes('d'), bytes('new'))
      return ask(writer)
    })
    expect(inside).toEqual(expected)
    expect(await read(ask)).toEqual(expected)
  })

  test('a transaction sees its own writes, removals and replacements', async () => {
    await fill('t', 'a', 'b', 'c')
    const seen = await store.transaction(writer => {
      writer.put('t', bytes('a'), bytes('new'))
      writer.put('t', bytes('d'), bytes('D'))
      const removed = [writer.remove('t', bytes('b')), writer.remove('t', bytes('b'))]
      return [removed, text(writer.get('t', bytes('a'))), writer.get('t', bytes('b')), list(writer, 't')]
    })
    expect(seen).toEqual([[true, false], 'new', undefined, ['a=new', 'c=C', 'd=D']])
    expect(await read(reader => list(reader, 't'))).toEqual(['a=new', 'c=C', 'd=D'])
  })

  test('a range inside a transaction may be changed while it is read', async () => {
    const keys = Array.from({ length: 500 }, (_, at) => String(at).padStart(4, '0'))
    await fill('t', ...keys)
    const seen = await store.transaction(writer => {
      const visited: string[] = []
      for (const { key } of writer.range('t', { to: bytes('0400') })) {
        visited.push(String(text(key)))
        writer.remove('t', key)
        if (text(key) === '0010') {
          writer.remove('t', bytes('0011'))
          writer.put('t', bytes('0012x'), bytes(''))
        }
      }
      return visited
    })
    const expected = keys.slice(0, 400).filter(key => key !== '0011')
    expect(seen).toEqual([...expected.slice(0, 12), '0012x', ...expected.slice(12)])
    expect(await read(reader => [...reader.range('t', {})].length)).toBe(100)
    const backwards = await store.transaction(writer => {
      let count = 0
      for (const { key } of writer.range('t', { reverse: true, limit: 70 })) {
        writer.remove('t', key)
        count++
      }
      return count
    })
    expect(backwards).toBe(70)
    expect(await read(reader => text([...reader.range('t', { reverse: true, limit: 1 })][0]?.key))).toBe(
      '0429',
    )
  })

  test('a transaction that throws has written nothing, and its neighbours have', async () => {
    await fill('t', 'a', 'b')
    const outcomes = await Promise.allSettled([
      fill('t', 'before'),
      store.transaction(writer => {
        writer.put('t', bytes('a'), bytes('lost'))
        writer.put('t', bytes('c'), bytes('lost'))
        writer.put('t', bytes('c'), bytes('lost again'))
        writer.remove('t', bytes('b'))
        throw new Error('no')
      }),
      fill('t', 'after'),
    ])
    expect(
      outcomes.map(outcome => (outcome.status === 'rejected' ? outcome.reason.message : 'written')),
    ).toEqual(['written', 'no', 'written'])
    expect(await read(reader => list(reader, 't'))).toEqual(['a=A', 'after=AFTER', 'b=B', 'before=BEFORE'])
  })

  test('what a key or a value was made from may change afterwards', async () => {
    const key = bytes('key')
    const value = bytes('value')
    await store.transaction(writer => writer.put('t', key, value))
    key.fill(0)
    value.fill(0)
    const got = await read(reader => reader.get('t', bytes('key')))
    expect(text(got)).toBe('value')
    got?.fill(0)
    expect(await read(reader => list(reader, 't'))).toEqual(['key=value'])
  })

  test('what was read stays as it was read', async () => {
    await fill('t', 'a', 'b')
    const [a, range] = await read(
      reader => [reader.get('t', bytes('a')), [...reader.range('t', {})]] as const,
    )
    await store.transaction(writer => {
      writer.put('t', bytes('a'), bytes('X'))
      writer.remove('t', bytes('b'))
    })
    await fill('t', 'c', 'd', 'e')
    expect(text(a)).toBe('A')
    expect(range.map(({ key, value }) => `${text(key)}=${text(value)}`)).toEqual(['a=A', 'b=B'])
  })

  test('a range that is left early holds nothing back', async () => {
    await fill('t', ...Array.from({ length: 300 }, (_, at) => String(at).padStart(3, '0')))
    const first = (): Promise<string | undefined> =>
      read(reader => {
        for (const { value } of reader.range('t', {})) return text(value)
        return undefined
      })
    for (const value of ['x', 'y', 'z']) {
      await store.transaction(writer => {
        for (const { key } of writer.range('t', {})) {
          writer.put('t', key, bytes(value))
          return
        }
      })
      expect(await first()).toBe(value)
    }
  })

  test('concurrent transactions are serial', async () => {
    const count = (writer: Reader): number => Number(text(writer.get('t', bytes('n'))) ?? '0')
    const numbers = await Promise.all(
      Array.from({ length: 500 }, () =>
        store.transaction(writer => {
          const next = count(writer) + 1
          writer.put('t', bytes('n'), bytes(String(next)))
          return next
        }),
      ),
    )
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, at) => at + 1))
    expect(await read(count)).toBe(500)
  })

  test('clear forgets the tables of a prefix and no other', async () => {
    await fill('s3/objects', ...Array.from({ length: 6000 }, (_, at) => `k${at}`))
    await fill('s3/buckets', 'b')
    await fill('s3', 'exactly')
    await fill('s', 'shorter')
    await fill('ssm', 'p')
    await store.clear('s3/')
    const left = (): Promise<string[][]> =>
      read(reader => ['s3/objects', 's3/buckets', 's3', 's', 'ssm'].map(table => list(reader, table)))
    expect(await left()).toEqual([[], [], ['exactly=EXACTLY'], ['shorter=SHORTER'], ['p=P']])
    await store.clear('')
    expect(await left()).toEqual([[], [], [], [], []])
    await fill('s3/objects', 'again')
    expect(await left()).toEqual([['again=AGAIN'], [], [], [], []])
  })

  test('misuse is refused: asynchronous functions, the store inside a transaction, a closed store', async () => {
    await expect(store.transaction(async () => 'late')).rejects.toThrow('must be synchronous')
    await expect(
      store.transaction(writer => {
        writer.put('t', bytes('k'), bytes('v'))
        return store.read(reader => reader.get('t', bytes('k')))
      }),
    ).rejects.toThrow('only its writer')
    expect(await read(reader => list(reader, 't'))).toEqual([])
    await store.close()
    await expect(store.transaction(() => undefined)).rejects.toThrow('closed')
    await expect((async () => store.read(() => undefined))()).rejects.toThrow('closed')
  })

  test('a thousand random transactions leave what a plain map leaves', async () => {
    const next = sequence(7)
    const model = new Map<string, string>()
    const key = (): string => `k${next(300)}${'\x00\xff'.slice(next(3))}`
    for (let turn = 0; turn < 1000; turn++) {
      const steps = Array.from({ length: 1 + next(4) }, () =>
        next(3) === 0 ? { key: key() } : { key: key(), value: 'v'.repeat(next(2) ? next(40) : next(5000)) },
      )
      const fails = next(5) === 0
      await store
        .transaction(writer => {
          for (const step of steps)
            if (step.value === undefined) writer.remove('t', bytes(step.key))
            else writer.put('t', bytes(step.key), bytes(step.value))
          if (fails) throw new Error('undone')
        })
        .catch((error: Error) => expect(error.message).toBe('undone'))
      if (!fails)
        for (const step of steps)
          if (step.value === undefined) model.delete(step.key)
          else model.set(step.key, step.value)
    }
    const sorted = [...model].toSorted(([a], [b]) => (a < b ? -1 : 1))
    expect(await read(reader => list(reader, 't'))).toEqual(sorted.map(([k, v]) => `${k}=${v}`))
    expect(await read(reader => list(reader, 't', { reverse: true, limit: 10 }))).toEqual(
      sorted
        .toReversed()
        .slice(0, 10)
        .map(([k, v]) => `${k}=${v}`),
    )
  })
}
