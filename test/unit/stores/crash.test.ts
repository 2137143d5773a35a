import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodeKey, encodeKey, openBlobs, openStore } from '../../../src/stores/index.ts'
import { bundleChild, runChild } from './children/run-child.ts'

const rounds = 12
let child: { readonly file: string; remove(): Promise<void> }
let directory: string

beforeAll(async () => {
  child = await bundleChild('crash-writer')
  directory = await mkdtemp(join(tmpdir(), 'lambdarium-crash-'))
})
afterAll(async () => {
  await child.remove()
  await rm(directory, { recursive: true, force: true })
})

interface Found {
  /** Numbers of all transactions that are there. */
  readonly numbers: Set<number>
  /** What does not fit together. */
  readonly torn: string[]
  /** Blobs that a record names. */
  readonly named: Set<string>
}

/** Reads everything that the killed process left and holds each part of a transaction against the others. */
async function inspect(): Promise<Found> {
  const store = await openStore({ kind: 'lmdb', directory: join(directory, 'store') })
  const blobs = await openBlobs({ kind: 'directory', directory: join(directory, 'blobs'), newId: () => '' })
  const found: Found = { numbers: new Set(), torn: [], named: new Set() }
  const { items, records, indexed, total } = await store.read(reader => ({
    items: new Map([...reader.range('item', {})].map(({ key, value }) => [decodeKey(key)[0], value])),
    records: [...reader.range('stream', {})],
    indexed: [...reader.range('index', {})].map(({ value }) => decodeKey(value)[0]),
    total: Number(Buffer.from(reader.get('total', encodeKey('all')) ?? '').toString()),
  }))
  for (const { key, value } of records) {
    const [number] = decodeKey(key)
    const { digest, blob } = JSON.parse(Buffer.from(value).toString())
    found.numbers.add(Number(number))
    const item = items.get(number)
    const content = blob === '' ? item : await buffer(await blobs.read(blob))
    if (blob !== '') found.named.add(blob)
    if (content === undefined || createHash('sha256').update(content).digest('hex') !== digest)
      found.torn.push(`item ${number}`)
  }
  const sizes = [items.size, indexed.length, new Set(indexed).size, total]
  if (sizes.some(size => size !== records.length)) found.torn.push(`sizes ${sizes} of ${records.length}`)
  await blobs.sweep(id => found.named.has(id))
  await store.close()
  return found
}

test(`nothing acknowledged is lost and nothing is torn when the process is killed, ${rounds} times`, async () => {
  const acknowledged = new Set<number>()
  const lost: number[] = []
  let total = 0
  for (let round = 0; round < rounds; round++) {
    const killAfter = 1 + ((round * 397) % 1500)
    let seen = 0
    const first = round * 1_000_000
    const outcome = await runChild(child.file, [directory, String(first)], (line, process) => {
      acknowledged.add(Number(line))
      if (++seen === killAfter) process.kill('SIGKILL')
    })
    expect(outcome).toEqual({ code: null, signal: 'SIGKILL', errors: '' })
    const { numbers, torn, named } = await inspect()
    expect(torn).toEqual([])
    lost.push(...[...acknowledged].filter(number => !numbers.has(number)))
    total = numbers.size
    const left = (
      await readdir(join(directory, 'blobs'), { recursive: true, withFileTypes: true }).catch(() => [])
    ).filter(entry => entry.isFile())
    expect(left.map(entry => entry.name).toSorted()).toEqual([...named].toSorted())
  }
  expect(lost).toEqual([])
  expect(acknowledged.size).toBeGreaterThan(rounds * 300)
  expect(total).toBeGreaterThanOrEqual(acknowledged.size)
})
