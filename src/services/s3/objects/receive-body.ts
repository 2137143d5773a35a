import {
  type Bytes,
  createDigest,
  type DigestName,
  digestOf,
  type KeptBody,
  type Writer,
  type WrittenBlob,
} from '../../../stores/index.ts'
import {
  type ChecksumAlgorithm,
  createDigest as createChecksum,
  digestNamed,
  type StoredChecksum,
} from '../checksums/algorithm.ts'
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
  if (body === undefined) return keepSmall(context, empty, plan, contentMD5)
  return await keepVerified(context, body, plan, {
    contentMD5,
    // What comes out of a request is nobody else's.
    isOwned: true,
    isLarge: length > inlineUpTo,
  })
}

/** What is known of a body that is to be kept. */
interface BodyFacts {
  readonly contentMD5?: string | undefined
  /** Its chunks' memory may be taken. */
  readonly isOwned?: boolean
  /** It is known to be too large for the store itself. */
  readonly isLarge?: boolean
}

/** What is small is there as a whole: it is hashed at once and goes into the record's own transaction. */
function keepSmall(
  context: S3Context,
  bytes: Bytes,
  plan: ChecksumPlan,
  contentMD5: string | undefined,
): ReceivedBody {
  const digests: Record<string, Bytes> = {}
  for (const name of digestsOf(plan)) digests[name] = digestOf(name, bytes)
  const { length: size } = bytes
  return {
    size,
    ...verified(plan, contentMD5, digests),
    ...lifeOf(context, { kind: 'inline', bytes, size }),
  }
}

/** Keeps bytes with their ETag and checksum; for copies too, whose bytes do not come from the request. */
export async function keepVerified(
  context: S3Context,
  body: AsyncIterable<Bytes>,
  plan: ChecksumPlan,
  { contentMD5, isOwned = false, isLarge = false }: BodyFacts = {},
): Promise<ReceivedBody> {
  const { blobs } = context.state
  const options = { digests: digestsOf(plan), isOwned }
  const kept = await withRoom<KeptBody>(async () =>
    isLarge
      ? { kind: 'blob', ...(await blobs.write(body, options)) }
      : await blobs.keep(body, inlineUpTo, options),
  )
  if (kept.kind === 'inline') return keepSmall(context, kept.bytes, plan, contentMD5)
  try {
    return { size: kept.size, ...verified(plan, contentMD5, kept.digests), ...lifeOf(context, kept) }
  } catch (error) {
    await blobs.remove(kept.id)
    throw error
  }
}

/** The digests that a body needs: its ETag's, of what it came with, of what is kept. */
function digestsOf({ algorithm, kept }: ChecksumPlan): DigestName[] {
  const names = new Set<DigestName>(['md5'])
  for (const each of [algorithm, kept]) if (each !== undefined) names.add(digestNamed(each))
  return [...names]
}

/** Compares the digests of a body with what came with it. */
function verified(
  plan: ChecksumPlan,
  contentMD5: string | undefined,
  digests: WrittenBlob['digests'],
): Pick<ReceivedBody, 'md5' | 'checksum' | 'verified'> {
  const md5 = Buffer.from(digests.md5 ?? empty)
  if (contentMD5 !== undefined && md5.toString('base64') !== contentMD5)
    throw badDigest(contentMD5, md5.toString('base64'), plan.ofPart === true)
  const checksumOf = (algorithm: ChecksumAlgorithm | undefined): StoredChecksum | undefined =>
    algorithm && {
      algorithm,
      value: Buffer.from(digests[digestNamed(algorithm)] ?? empty).toString('base64'),
      type: 'FULL_OBJECT',
    }
  const came = checksumOf(plan.algorithm)
  const expected = came && plan.expected()
  if (came !== undefined && expected !== undefined && expected !== came.value)
    throw badChecksum(came.algorithm)
  return { md5: md5.toString('hex'), checksum: checksumOf(plan.kept) ?? came, verified: came }
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
  const md5 = createDigest('md5')
  const digest = createChecksum(algorithm)
  for await (const chunk of body) {
    md5.update(chunk)
    digest.update(chunk)
  }
  return {
    md5: md5.value().toString('hex'),
    checksum: { algorithm, value: digest.value(), type: 'FULL_OBJECT' },
  }
}
