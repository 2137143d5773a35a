import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeKey, openStore, type Store } from '../../../src/stores/index.ts'
import { contract } from './contract.ts'
import { canRunPostgres, type PostgresServer, startPostgres } from './postgres-server.ts'

describe.skipIf(!canRunPostgres())('PostgreSQL', () => {
  let server: PostgresServer
  beforeAll(() => {
    server = startPostgres()
  })
  afterAll(() => server.stop())

  const open = (): Promise<Store> => openStore({ kind: 'postgres', url: server.url })

  contract({
    name: 'PostgreSQL',
    async open() {
      const store = await open()
      await store.clear('')
      return { store, dispose: () => store.close() }
    },
  })

  const count = (store: Store): Promise<number> =>
    store.transaction(writer => {
      const next = Number(Buffer.from(writer.get('t', encodeKey('n')) ?? '0').toString()) + 1
      writer.put('t', encodeKey('n'), Buffer.from(String(next)))
      return next
    })

  test('simulators on one database are serial among each other', async () => {
    const stores = await Promise.all([open(), open(), open()])
    await stores[0]?.clear('')
    const numbers = await Promise.all(
      stores.flatMap(store => Array.from({ length: 100 }, () => count(store))),
    )
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 300 }, (_, at) => at + 1))
    await Promise.all(stores.map(store => store.close()))
  })

  test('keys of every length that lmdb takes are kept apart and in order', async () => {
    const store = await open()
    await store.clear('')
    const base = Buffer.alloc(4000, 'x')
    const keys = [1, 1999, 2000, 2001, 2002, 3999, 4000].map(length => base.subarray(0, length))
    await store.transaction(writer => {
      for (const key of keys.toReversed()) writer.put('t', key, Buffer.from(String(key.length)))
    })
    await store.transaction(writer => writer.put('t', base, Buffer.from('again')))
    const lengths = (range: object) =>
      store.read(reader => [...reader.range('t', range)].map(({ key }) => key.length))
    expect(await lengths({})).toEqual([1, 1999, 2000, 2001, 2002, 3999, 4000])
    expect(await lengths({ from: base.subarray(0, 2001), to: base, reverse: true })).toEqual([
      3999, 2002, 2001,
    ])
    expect(await store.read(reader => Buffer.from(reader.get('t', base) ?? '').toString())).toBe('again')
    await store.close()
  })

  test('a snapshot stays one while others write', async () => {
    const [reading, writing] = await Promise.all([open(), open()])
    await reading.clear('')
    const put = (value: string): Promise<void> =>
      writing.transaction(writer => {
        for (const name of ['a', 'b']) writer.put('t', encodeKey(name), Buffer.from(value))
      })
    await put('0')
    let stop = false
    const writer = (async () => {
      for (let value = 1; !stop; value++) await put(String(value))
    })()
    for (let turn = 0; turn < 50; turn++) {
      const [a, b] = await reading.read(reader => {
        const first = Buffer.from(reader.get('t', encodeKey('a')) ?? '').toString()
        // Asked only once the first is known, so it takes a second statement.
        const second = first === '' ? '' : Buffer.from(reader.get('t', encodeKey('b')) ?? '').toString()
        return [first, second]
      })
      expect(b).toBe(a)
    }
    stop = true
    await writer
    await Promise.all([reading.close(), writing.close()])
  })

  test('what was acknowledged is there after the server crashed, and the store goes on', async () => {
    const store = await open()
    await store.clear('')
    let acknowledged = 0
    let failed = 0
    let crashed = false
    const write = async (): Promise<void> => {
      while (!crashed || failed === 0) {
        await count(store).then(
          number => {
            acknowledged = Math.max(acknowledged, number)
          },
          error => {
            expect(error.message).toBe('the store could not write')
            failed++
          },
        )
        if (acknowledged >= 200 && !crashed) {
          crashed = true
          server.crash()
        }
      }
    }
    await Promise.all(Array.from({ length: 8 }, write))
    expect(failed).toBeGreaterThan(0)
    const next = await count(store)
    expect(next).toBeGreaterThan(acknowledged)
    await store.close()
  })

  test('a database that is not there is an error', async () => {
    await expect(openStore({ kind: 'postgres', url: `${server.url}-none` })).rejects.toThrow()
  })
})
