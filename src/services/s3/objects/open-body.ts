import { Readable } from 'node:stream'
import type { ByteRange, Bytes, Reader } from '../../../stores/index.ts'
import type { S3State } from '../state.ts'
import { inlineBytes, type ObjectRecord } from './object-record.ts'
import type { ByteSpan } from './ranges.ts'

/** The bytes of an object as they lie: some in the store, read already, others in blobs. */
export type BodyPlan = readonly (Bytes | { readonly blob: string; readonly range: ByteRange })[]

/** Finds out which bytes make up a span of an object; what is small is read at once. */
export function planBody(
  reader: Reader,
  record: Pick<ObjectRecord, 'pieces' | 'size'>,
  span: ByteSpan,
): BodyPlan {
  const plan: BodyPlan[number][] = []
  let at = 0
  for (const piece of record.pieces) {
    const from = Math.max(span.from - at, 0)
    const to = Math.min(span.to - at, piece.size)
    at += piece.size
    if (from >= to) continue
    if ('inline' in piece) {
      const bytes = inlineBytes(reader, piece.inline)
      plan.push(from === 0 && to === bytes.length ? bytes : bytes.subarray(from, to))
    } else plan.push({ blob: piece.blob, range: { from, to } })
  }
  return plan
}

/**
 * Opens the bytes of a plan; to be called in the turn in which the plan was made, for from then on the blobs stay until
 * the stream has closed, whatever is overwritten or deleted meanwhile.
 */
export function openBody(
  { blobs }: Pick<S3State, 'blobs'>,
  plan: BodyPlan,
): Bytes | Readable | Promise<Readable> {
  const ids = plan.flatMap(part => ('blob' in part ? [part.blob] : []))
  const [first] = plan
  if (ids.length === 0)
    return plan.length === 1 && first !== undefined ? (first as Bytes) : Buffer.concat(plan as Bytes[])
  // One file needs nobody to go from one to the next.
  if (plan.length === 1 && first !== undefined && 'blob' in first) return blobs.read(first.blob, first.range)
  const release = blobs.hold(ids)
  const stream = Readable.from(bytesOf(blobs, plan), { objectMode: false, highWaterMark: 256 * 1024 })
  stream.once('close', release)
  return stream
}

async function* bytesOf(blobs: S3State['blobs'], plan: BodyPlan): AsyncIterable<Bytes> {
  for (const part of plan) {
    if ('blob' in part) yield* await blobs.read(part.blob, part.range)
    else yield part
  }
}
