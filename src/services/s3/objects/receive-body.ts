import { createHash } from 'node:crypto'
import type { Bytes, KeptBody, Writer } from '../../../stores/index.ts'
import { createDigest, type StoredChecksum } from '../checksums/algorithm.ts'
import type { ChecksumPlan } from '../checksums/checksum-plan.ts'
import { badChecksum, badDigest, entityTooLarge, invalidDigest, missingContentLength } from '../errors.ts'
import type { S3Context } from '../state.ts'
import { withRoom } from '../with-room.ts'
import { bodyLength } from './body-length.ts'
import { collectBody } from './collect-body.ts'
import { type Piece, putInline, refer } from './object-record.ts'

/** The largest body of one request. https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const largest = 5 * 1024 ** 3

/** Bytes that a body may have to be kept in the store itself. */
const inlineUpTo = 64 * 1024
const empty = new Uint8Array(0)

/** A body that has arrived whole, was verified, and is durable where it is large. */
export interface ReceivedBody {
  readonly size: number
  /** MD5 as hexadecimal digits: the ETag. */
  readonly md5: string
  readonly checksum: StoredChecksum | undefined
  /** The checksum that it came with, which is answered. */
  readonly verified: StoredChecksum | undefined
  /** Makes the body a record's, under the number `seq`. */
  store(writer: Writer, seq: number): Piece[]
  /** Lets it go: the record did not come about. */
  discard(): Promise<void>
}

/** Reads a request's body to its end, with every checksum that it came with verified before anything is kept. */
export async function receiveBody(
  context: S3Context,
  body: AsyncIterable<Bytes> | undefined,
  plan: ChecksumPlan,
  contentMD5: string | undefined,
): Promise<ReceivedBody> {
  const { headers } = context.http
  const declared = bodyLength(headers)
  // S3 wants to know the length; a client that streams without is heard out all the same.
  if (declared === undefined && headers['transfer-encoding'] === undefined) throw missingContentLength()
  if (declared !== undefined && Number(declared) > largest) throw entityTooLarge(Number(declared), largest)
  if (contentMD5 !== undefined && Buffer.from(contentMD5, 'base64').length !== 16)
    throw invalidDigest(contentMD5)
  const length = Number(declared)
  if (length <= inlineUpTo)
    return keepSmall(context, body === undefined ? empty : await collectBody(body, length), plan, contentMD5)
  return await keepVerified(context, body ?? nothing(), plan, contentMD5)
}

async function* nothing(): AsyncIterable<Bytes> {}

/** What is small is there as a whole: it is hashed at once and goes into the record's own transaction. */
function keepSmall(
  context: S3Context,
  bytes: Bytes,
  plan: ChecksumPlan,
  contentMD5: string | undefined,
): ReceivedBody {
  const hashes = hashesOf(plan, contentMD5)
  hashes.update(bytes)
  const { length: size } = bytes
  return { size, ...hashes.finish(), ...lifeOf(context, { kind: 'inline', bytes, size }) }
}

/** Keeps bytes with their ETag and checksum; for copies too, whose bytes do not come from the request. */
export async function keepVerified(
  context: S3Context,
  body: AsyncIterable<Bytes> | Iterable<Bytes>,
  plan: ChecksumPlan,
  contentMD5?: string,
): Promise<ReceivedBody> {
  const hashes = hashesOf(plan, contentMD5)
  let found: ReturnType<typeof hashes.finish> | undefined
  async function* watched(): AsyncIterable<Bytes> {
    for await (const chunk of body) {
      hashes.update(chunk)
      yield chunk
    }
    // What is wrong fails the source, so that nothing is kept.
    found = hashes.finish()
  }
  const kept = await withRoom(() => context.state.blobs.keep(watched(), inlineUpTo))
  return { size: kept.size, ...(found ?? hashes.finish()), ...lifeOf(context, kept) }
}

/** The hashes of a body on its way; `finish` throws where one is not what came with it. */
function hashesOf(plan: ChecksumPlan, contentMD5: string | undefined) {
  const hash = createHash('md5')
  const digest = plan.algorithm === undefined ? undefined : createDigest(plan.algorithm)
  const other = plan.kept === undefined || plan.kept === plan.algorithm ? undefined : createDigest(plan.kept)

  /** The checksum that the body came with. */
  function verified(): StoredChecksum | undefined {
    if (digest === undefined || plan.algorithm === undefined) return undefined
    const value = digest.value()
    const expected = plan.expected()
    if (expected !== undefined && expected !== value) throw badChecksum(plan.algorithm)
    return { algorithm: plan.algorithm, value, type: 'FULL_OBJECT' }
  }

  return {
    update(chunk: Bytes): void {
      hash.update(chunk)
      digest?.update(chunk)
      other?.update(chunk)
    },
    finish(): Pick<ReceivedBody, 'md5' | 'checksum' | 'verified'> {
      const binary = hash.digest()
      if (contentMD5 !== undefined && binary.toString('base64') !== contentMD5)
        throw badDigest(contentMD5, binary.toString('base64'), plan.ofPart === true)
      const came = verified()
      const kept: StoredChecksum | undefined =
        other === undefined || plan.kept === undefined
          ? came
          : { algorithm: plan.kept, value: other.value(), type: 'FULL_OBJECT' }
      return { md5: binary.toString('hex'), checksum: kept, verified: came }
    },
  }
}

function lifeOf(context: S3Context, kept: KeptBody): Pick<ReceivedBody, 'store' | 'discard'> {
  if (kept.kind === 'blob')
    return {
      store(writer) {
        refer(writer, kept.id)
        return [{ blob: kept.id, size: kept.size }]
      },
      discard: () => context.state.blobs.remove(kept.id),
    }
  return {
    store(writer, seq) {
      if (kept.size === 0) return []
      putInline(writer, seq, kept.bytes)
      return [{ inline: seq, size: kept.size }]
    },
    discard: async () => {},
  }
}

/** Runs what makes the body a record's; a body whose record does not come about is let go. */
export async function claiming<Result>(body: ReceivedBody, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    await body.discard()
    throw error
  }
}

/** What the bytes of a body come to. */
export interface BodyHashes {
  readonly md5: string
  readonly checksum: StoredChecksum
}

/** Hashes bytes that are kept already. */
export async function hashBody(
  body: AsyncIterable<Bytes> | Iterable<Bytes>,
  algorithm: StoredChecksum['algorithm'],
): Promise<BodyHashes> {
  const hash = createHash('md5')
  const digest = createDigest(algorithm)
  for await (const chunk of body) {
    hash.update(chunk)
    digest.update(chunk)
  }
  return { md5: hash.digest('hex'), checksum: { algorithm, value: digest.value(), type: 'FULL_OBJECT' } }
}
