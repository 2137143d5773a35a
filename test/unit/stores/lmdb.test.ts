import { cp, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { encodeKey, openStore, type Range, type Reader, type Store } from '../../../src/stores/index.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lambdarium-lmdb-'))
})
afterEach(() => rm(directory, { recursive: true, force: true }))

const opened = (folder = directory): Promise<Store> => openStore({ kind: 'lmdb', directory: folder })
const bytes = (text: string): Buffer => Buffer.from(text, 'latin1')
const rows = (reader: Reader, table: string, range: Range = {}): string[] =>
  [...reader.textEntries(table, range)].map(({ key, value }) => `${key}=${value}`)

/** A repeatable sequence of numbers below `limit`. */
function sequence(seed: number): (limit: number) => number {
  let state = seed
  return limit => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

test('readers see what is durable, transactions what their predecessors changed', async () => {
  const store = await opened()
  const settled: string[] = []
  const first = store
    .transaction(writer => writer.put('t', bytes('a'), bytes('1')))
    .then(() => settled.push('first'))
  const second = store.transaction(writer => rows(writer, 't')).then(found => settled.push(`second ${found}`))
  const third = store
    .transaction(writer => {
      writer.remove('t', bytes('a'))
      throw new Error(`refused at ${rows(writer, 't').length} rows`)
    })
    .catch((error: Error) => settled.push(error.message))
  expect(await store.read(reader => rows(reader, 't'))).toEqual([])
  await Promise.all([first, second, third])
  expect(settled).toEqual(['first', 'second a=1', 'refused at 0 rows'])
  expect(await store.read(reader => rows(reader, 't'))).toEqual(['a=1'])
  await store.close()
})

/** Where the groups of a log end: after a head of 32 bytes each has one of 12, with its length at 4. */
function endsOfGroups(log: Buffer, count: number): number[] {
  const ends: number[] = []
  for (let at = 32; ends.length < count; ends.push(at)) at += 12 + log.readUInt32LE(at + 4)
  return ends
}

test('a log that ends or is damaged anywhere gives back whole transactions, and is gone on with', async () => {
  const [living, killed, again] = ['living', 'killed', 'again'].map(name => join(directory, name)) as [
    string,
    string,
    string,
  ]
  const log = 'log-1'
  const store = await opened(living)
  for (let number = 0; number < 40; number++)
    await store.transaction(writer => {
      writer.put('t', encodeKey(number), Buffer.alloc(number * 17, number))
      writer.put('u', encodeKey(number), bytes('same'))
      writer.remove('u', encodeKey(number - 3))
    })
  // As a killed process leaves it: nobody writes while it is copied, and nothing was closed.
  await cp(living, killed, { recursive: true })
  await store.close()
  const whole = await readFile(join(killed, log))
  const ends = endsOfGroups(whole, 40)
  const next = sequence(11)
  for (let round = 0; round < 60; round++) {
    const at = round === 0 ? whole.length : next(ends.at(-1) ?? 0)
    await cp(killed, again, { recursive: true })
    const isCut = round % 2 === 0
    if (isCut) await truncate(join(again, log), at)
    else await writeFile(join(again, log), Buffer.from(whole).fill((whole[at] ?? 0) ^ 0x40, at, at + 1))
    // A file is filled up with zeros, so zeros that were cut off are back.
    const isWhole = (end: number) => end <= at || (isCut && whole.subarray(at, end).every(byte => byte === 0))
    const count = ends.filter(isWhole).length
    const expected = [Array.from({ length: count }, (_, number) => number), Math.min(3, count)]
    const found = (reader: Reader) => [
      [...reader.range('t', {})].map(({ value }) => value.length / 17),
      [...reader.range('u', {})].length,
    ]
    const first = await opened(again)
    expect({ at, found: await first.read(found) }).toEqual({ at, found: expected })
    await first.transaction(writer => writer.put('v', encodeKey(round), bytes('after')))
    await cp(again, `${again}-later`, { recursive: true })
    await first.close()
    for (const folder of [again, `${again}-later`]) {
      const last = await opened(folder)
      expect({ at, found: await last.read(found) }).toEqual({ at, found: expected })
      expect(await last.read(reader => reader.text('v', encodeKey(round)))).toBe('after')
      await last.close()
      await rm(folder, { recursive: true })
    }
  }
})

test('rows read the same whether the tree has them, the log, or a group that waits', async () => {
  let store = await opened()
  const next = sequence(5)
  const model = new Map<string, string>()
  const expected = ({ from, to, reverse, limit }: Range): string[] => {
    const [low, high] = [from, to].map(bound => (bound === undefined ? undefined : String(bound)))
    const keys = [...model.keys()]
      .filter(key => (low === undefined || key >= low) && (high === undefined || key < high))
      .toSorted()
    return (reverse ? keys.toReversed() : keys).slice(0, limit).map(key => `${key}=${model.get(key)}`)
  }
  const someRange = (): Range => ({
    ...(next(3) > 0 && { from: bytes(`k${next(1000)}`) }),
    ...(next(3) > 0 && { to: bytes(`k${next(1000)}`) }),
    ...(next(2) > 0 && { reverse: true }),
    ...(next(4) > 0 && { limit: next(30) }),
  })
  const waiting: Promise<void>[] = []
  for (let turn = 0; turn < 4000; turn++) {
    const steps = Array.from({ length: 1 + next(3) }, () => ({
      key: `k${next(1000)}`,
      value: next(4) === 0 ? undefined : String(turn).repeat(next(5) === 0 ? 4000 : 10),
    }))
    const range = someRange()
    // Transactions run in the order in which they are asked for, before anything of them is durable.
    waiting.push(
      store.transaction(writer => {
        for (const { key, value } of steps) {
          if (value === undefined) expect(writer.remove('t', bytes(key))).toBe(model.delete(key))
          else {
            writer.put('t', bytes(key), bytes(value))
            model.set(key, value)
          }
        }
        for (const { key } of steps) expect(writer.text('t', bytes(key))).toBe(model.get(key))
        if (turn % 10 === 0) expect(rows(writer, 't', range)).toEqual(expected(range))
      }),
    )
    if (next(20) === 0) {
      await Promise.all(waiting.splice(0))
      expect(await store.read(reader => rows(reader, 't', range))).toEqual(expected(range))
    }
    if (turn % 1500 === 1400) {
      await store.close()
      await Promise.all(waiting.splice(0))
      store = await opened()
    }
  }
  await Promise.all(waiting)
  // The log was full several times: the tree has most of it.
  expect((await stat(join(directory, 'data.mdb'))).size).toBeGreaterThan(1_000_000)
  expect(await store.read(reader => rows(reader, 't'))).toEqual(expected({}))
  await store.close()
})

test('a transaction larger than the log, and one after it', async () => {
  const store = await opened()
  const large = Buffer.alloc(1_000_000, 'x')
  for (const round of [1, 2, 3])
    await store.transaction(writer => {
      for (let at = 0; at < 25; at++) writer.put('t', encodeKey(round, at), large)
    })
  await store.transaction(writer => writer.put('t', encodeKey('small'), bytes('s')))
  expect(await store.read(reader => [...reader.range('t', {})].length)).toBe(76)
  await store.close()
  const again = await opened()
  expect(await again.read(reader => reader.get('t', encodeKey(3, 24))?.length)).toBe(1_000_000)
  await again.close()
})
