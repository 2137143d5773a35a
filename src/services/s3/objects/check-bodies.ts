import { createHash, type Hash } from 'node:crypto'
import { buckets } from '../buckets/bucket-record.ts'
import { parts, uploads } from '../multipart/upload-record.ts'
import type { S3State } from '../state.ts'
import { current, type ObjectRecord, older } from './object-record.ts'
import { openBody, planBody } from './open-body.ts'

/** One body and what is wrong with it. */
export interface CheckedBody {
  readonly bucket: string
  readonly key: string
  /** The version's id, or which part of which upload it is. */
  readonly of: string
  /** Absent: it is as it was written. */
  readonly problem?: string
}

type Body = Pick<ObjectRecord, 'etag' | 'size' | 'pieces' | 'parts'>
type Kept = Pick<S3State, 'store' | 'blobs'>

/**
 * Reads every body whole, of all versions and of uploads in parts, and compares it with its entity tag: the MD5 of the
 * bytes, or of the parts' MD5s. Nothing is changed. For a store that nobody else uses.
 */
export async function* checkBodies(state: Kept): AsyncIterable<CheckedBody> {
  const names = await state.store.read(reader => [...buckets.under(reader)].map(([, { name }]) => name))
  for (const bucket of names)
    for (const { key, of, body } of await state.store.read(reader => bodiesOf(reader, bucket))) {
      const problem = await problemOf(state, body)
      yield { bucket, key, of, ...(problem !== undefined && { problem }) }
    }
}

function bodiesOf(
  reader: Parameters<Parameters<S3State['store']['read']>[0]>[0],
  bucket: string,
): { readonly key: string; readonly of: string; readonly body: Body }[] {
  const found: { key: string; of: string; body: Body }[] = []
  for (const table of [current, older])
    for (const [[, key], record] of table.under(reader, bucket))
      if (!record.marker) found.push({ key: String(key), of: record.version, body: record })
  for (const [[, key, number], upload] of uploads.under(reader, bucket))
    for (const [, part] of parts.under(reader, bucket, Number(number)))
      found.push({ key: String(key), of: `part ${part.number} of upload ${upload.id}`, body: part as Body })
  return found
}

async function problemOf(state: Kept, body: Body): Promise<string | undefined> {
  const whole = { from: 0, to: body.size }
  const digest = digestBy(body.parts?.map(({ size }) => size))
  let size = 0
  try {
    // The blobs are held from the turn on in which they were found.
    const opened = await state.store.read(reader => ({
      bytes: openBody(state, planBody(reader, body, whole)),
    }))
    const bytes = await opened.bytes
    for await (const chunk of bytes instanceof Uint8Array ? [bytes] : bytes) {
      size += chunk.length
      digest.update(chunk)
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
  if (size !== body.size) return `has ${size} bytes in place of ${body.size}`
  return digest.etag() === body.etag ? undefined : 'has other bytes than were written'
}

/** The entity tag of what is written to it; `sizes` are those of an object's parts. */
function digestBy(sizes: readonly number[] | undefined): { update(chunk: Uint8Array): void; etag(): string } {
  const md5 = (): Hash => createHash('md5')
  if (sizes === undefined) {
    const hash = md5()
    return { update: chunk => void hash.update(chunk), etag: () => hash.digest('hex') }
  }
  const ends = sizes.map((size, index) => sizes.slice(0, index).reduce((sum, one) => sum + one, size))
  const hashes = sizes.map(md5)
  let at = 0
  return {
    update(chunk) {
      for (let from = 0; from < chunk.length; ) {
        const part = ends.findIndex(end => at < end)
        const count = Math.min(chunk.length - from, (ends[part] ?? Number.POSITIVE_INFINITY) - at)
        hashes[part]?.update(chunk.subarray(from, from + count))
        from += count
        at += count
      }
    },
    etag() {
      const all = Buffer.concat(hashes.map(hash => hash.digest()))
      return `${md5().update(all).digest('hex')}-${sizes.length}`
    },
  }
}
