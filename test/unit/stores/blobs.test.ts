import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable, Writable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isPourable } from '../../../src/lib/index.ts'
import { type Blobs, createDigest, openBlobs } from '../../../src/stores/index.ts'

let directory: string
let blobs: Blobs
let count = 0
const newId = (): string => String(count++).padStart(32, '0')

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'lambdarium-blobs-test-'))
  blobs = await openBlobs({ kind: 'directory', directory, newId })
})
afterEach(async () => {
  await blobs.close()
  await rm(directory, { recursive: true, force: true })
})

async function* pieces(...sizes: number[]): AsyncIterable<Uint8Array> {
  let next = 0
  for (const size of sizes) {
    await Promise.resolve()
    yield Buffer.from(Array.from({ length: size }, () => next++ % 251))
  }
}
const pattern = (from: number, to: number): Buffer =>
  Buffer.from(Array.from({ length: to - from }, (_, at) => (from + at) % 251))

const files = async (): Promise<string[]> =>
  (await readdir(directory, { recursive: true, withFileTypes: true }))
    .filter(entry => entry.isFile())
    .map(entry => entry.name)

const closed = (stream: NodeJS.ReadableStream): Promise<void> =>
  new Promise(resolve => {
    stream.once('close', resolve)
  })

test('a blob comes back whole and in ranges', async () => {
  const { id, size } = await blobs.write(pieces(0, 1, 70_000, 600_000, 0, 5))
  expect(size).toBe(670_006)
  expect((await buffer(await blobs.read(id))).equals(pattern(0, size))).toBe(true)
  const ranges = [
    { from: 0, to: 1 },
    { from: 65_535, to: 65_537 },
    { from: 300_000, to: 670_006 },
    { from: 670_005, to: 670_006 },
    { from: 10, to: 10 },
  ]
  for (const range of ranges) {
    const expected = pattern(range.from, range.to)
    expect((await buffer(await blobs.read(id, range))).equals(expected)).toBe(true)
  }
  // Who asks for more than there is knows of bytes that are lost.
  await expect(blobs.read(id, { from: 0, to: size + 1 }).then(buffer)).rejects.toThrow(
    'a stored body is damaged: its file ends at byte 670006, and 670007 were kept',
  )
})

test('a blob comes with the digests that were asked for', async () => {
  const digests = ['md5', 'sha1', 'sha256', 'crc32', 'crc32c', 'crc64nvme'] as const
  const written = await blobs.write(pieces(1, 300_000, 700_000), { digests })
  const body = pattern(0, 1_000_001)
  const expected = digests.map(name => {
    if (!name.startsWith('crc')) return createHash(name).update(body).digest('hex')
    const digest = createDigest(name)
    digest.update(body)
    return digest.value().toString('hex')
  })
  expect(digests.map(name => Buffer.from(written.digests[name] ?? []).toString('hex'))).toEqual(expected)
  expect((await blobs.write(pieces(10))).digests).toEqual({})
})

test('chunks are taken only from who owns them, and never parts of a larger buffer', async () => {
  const [whole, larger] = [Buffer.alloc(300_000, 1), Buffer.alloc(300_000, 2)]
  const source = async function* (): AsyncIterable<Uint8Array> {
    yield whole
    yield larger.subarray(0, 299_999)
  }
  const expected = Buffer.concat([Buffer.alloc(300_000, 1), Buffer.alloc(299_999, 2)])
  const copied = await blobs.write(source())
  expect((await buffer(await blobs.read(copied.id))).equals(expected)).toBe(true)
  expect([whole.length, larger.length]).toEqual([300_000, 300_000])
  const moved = await blobs.write(source(), { isOwned: true })
  expect((await buffer(await blobs.read(moved.id))).equals(expected)).toBe(true)
  expect([whole.length, larger.length]).toEqual([0, 300_000])
})

test('a body whose stream has closed before it was read is none', async () => {
  const source = Readable.from(pieces(10))
  source.destroy()
  await expect(blobs.write(source)).rejects.toThrow('broke off')
  expect(await files()).toEqual([])
})

test('short bodies are kept inline, longer ones become blobs', async () => {
  expect(await blobs.keep(pieces(3, 2), 5)).toEqual({ kind: 'inline', bytes: pattern(0, 5), size: 5 })
  expect(await blobs.keep(pieces())).toEqual({ kind: 'inline', bytes: Buffer.alloc(0), size: 0 })
  expect(await files()).toEqual([])
  const kept = await blobs.keep(pieces(3, 2, 90_000), 4)
  if (kept.kind !== 'blob') throw new Error('a blob was due')
  expect(kept.size).toBe(90_005)
  expect((await buffer(await blobs.read(kept.id))).equals(pattern(0, 90_005))).toBe(true)
  expect(await files()).toEqual([kept.id])
})

test('a removed blob stays for those who read it', async () => {
  const { id } = await blobs.write(pieces(1_000_000))
  const first = await blobs.read(id)
  const second = blobs.read(id)
  await blobs.remove(id)
  expect(await files()).toEqual([id])
  expect((await buffer(first)).length).toBe(1_000_000)
  expect((await buffer(await second)).length).toBe(1_000_000)
  await expect.poll(files).toEqual([])
  await expect(blobs.read(id)).rejects.toMatchObject({ code: 'ENOENT' })
  await blobs.remove(id)
})

test('a reader that goes away half-way releases the blob', async () => {
  const { id } = await blobs.write(pieces(1_000_000))
  const stream = await blobs.read(id)
  await blobs.remove(id)
  const ended = closed(stream)
  stream.destroy()
  await ended
  await expect.poll(files).toEqual([])
})

test('a blob pours into a slow reader, whole and in ranges, and lets go where that goes away', async () => {
  const { id } = await blobs.write(pieces(1_000_003))
  for (const range of [undefined, { from: 5, to: 700_000 }, { from: 3, to: 3 }]) {
    const got: Buffer[] = []
    const slow = new Writable({
      highWaterMark: 1,
      write(chunk: Buffer, _encoding, done) {
        got.push(Buffer.from(chunk))
        setImmediate(done)
      },
    })
    const stream = await blobs.read(id, range)
    if (!isPourable(stream)) throw new Error('a blob pours')
    await stream.pourInto(slow)
    const { from, to } = range ?? { from: 0, to: 1_000_003 }
    expect(Buffer.concat(got).equals(pattern(from, to))).toBe(true)
  }
  const leaving = new Writable({
    write() {
      this.destroy()
    },
  })
  const stream = await blobs.read(id)
  if (!isPourable(stream)) throw new Error('a blob pours')
  await blobs.remove(id)
  await expect(stream.pourInto(leaving)).rejects.toThrow()
  await expect.poll(files).toEqual([])
})

test('a source that fails leaves nothing, whatever was written before', async () => {
  async function* failing(size: number): AsyncIterable<Uint8Array> {
    yield* pieces(size)
    throw new Error('the client went away')
  }
  await expect(blobs.write(failing(2_000_000))).rejects.toThrow('the client went away')
  await expect(blobs.keep(failing(100_000))).rejects.toThrow('the client went away')
  await expect(blobs.keep(failing(10))).rejects.toThrow('the client went away')
  expect(await files()).toEqual([])
})

test('sweep removes orphans and half-written files, and nothing that is not a blob', async () => {
  const kept = await blobs.write(pieces(10))
  await blobs.write(pieces(10))
  await writeFile(join(directory, '0', '0', 'f'.repeat(32)), 'half')
  await writeFile(join(directory, 'README'), 'not a blob')
  expect(await blobs.sweep(id => id === kept.id)).toBe(2)
  expect((await files()).toSorted()).toEqual([kept.id, 'README'].toSorted())
  const elsewhere = await openBlobs({ kind: 'directory', directory: join(directory, 'not-yet'), newId })
  expect(await elsewhere.sweep(() => false)).toBe(0)
})

test('an id that is not one never becomes a path', async () => {
  for (const id of ['../../../../etc/passwd', '', 'a/b'.repeat(8), 'A'.repeat(32)])
    await expect(blobs.read(id)).rejects.toThrow('not the id of a blob')
})

test('ephemeral blobs go with their keeper', async () => {
  const ephemeral = await openBlobs({ kind: 'ephemeral', newId })
  const { id } = await ephemeral.write(pieces(70_000))
  const stream = await ephemeral.read(id)
  expect((await buffer(stream)).length).toBe(70_000)
  await ephemeral.close()
  await expect(ephemeral.read(id)).rejects.toMatchObject({ code: 'ENOENT' })
})

test('many blobs at once are all kept', async () => {
  const written = await Promise.all(Array.from({ length: 60 }, (_, at) => blobs.write(pieces(at * 997))))
  for (const [at, { id }] of written.entries())
    expect((await buffer(await blobs.read(id))).equals(pattern(0, at * 997))).toBe(true)
})
