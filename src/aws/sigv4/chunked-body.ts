import { type Readable, Transform } from 'node:stream'
import { WholeBody } from '../../lib/index.ts'
import { AwsError } from '../aws-error.ts'
import { type ChunkParser, createChunkParser, incompleteBody } from './chunk-parser.ts'
import type { ChunkSignatures } from './chunk-signatures.ts'

/** What a chunked body was said to be. */
export interface ChunkedBodyPlan {
  /** Absent where chunks are not signed. */
  readonly signatures?: ChunkSignatures
  /** `x-amz-decoded-content-length`, in bytes. */
  readonly decodedLength: number
  /** Names out of `x-amz-trailer`, lower-case: each has to come. */
  readonly announced: readonly string[]
}

/** A body without its framing, and the headers that trail it, filled once the body has been read. */
export interface DecodedBody<Body> {
  readonly body: Body
  readonly trailers: Readonly<Record<string, string>>
}

/** Decodes and verifies as the body flows; the stream fails with an `AwsError` where it is not what was signed. */
export function decodeChunkedStream(source: Readable, plan: ChunkedBodyPlan): DecodedBody<Readable> {
  const trailers: Record<string, string> = Object.create(null)
  const output = new Transform({
    transform(bytes: Buffer, _encoding, done) {
      attempt(() => parser.push(bytes), done)
    },
    flush(done) {
      attempt(() => parser.end(), done)
    },
  })
  const parser = planParser(plan, trailers, bytes => output.push(bytes))
  // An operation that refuses the request for another reason never listens.
  output.on('error', () => {})
  source.on('error', error => output.destroy(error))
  source.on('close', () => {
    if (!source.readableEnded) output.destroy(incompleteBody())
  })
  return { body: source.pipe(output), trailers }
}

/** The same for a body that is there as a whole. */
export function decodeChunkedBytes(source: Uint8Array, plan: ChunkedBodyPlan): DecodedBody<Uint8Array> {
  const trailers: Record<string, string> = Object.create(null)
  const parts: Uint8Array[] = []
  const parser = planParser(plan, trailers, bytes => parts.push(bytes))
  parser.push(source)
  parser.end()
  return { body: Buffer.concat(parts), trailers }
}

/** The same for a body that is there, at the time at which it is read. */
export function decodeChunkedLater(source: WholeBody, plan: ChunkedBodyPlan): DecodedBody<WholeBody> {
  const trailers: Record<string, string> = Object.create(null)
  const read = (): Uint8Array => {
    const decoded = decodeChunkedBytes(source.read(), plan)
    Object.assign(trailers, decoded.trailers)
    return decoded.body
  }
  return { body: new WholeBody(read), trailers }
}

function planParser(
  plan: ChunkedBodyPlan,
  trailers: Record<string, string>,
  emit: (bytes: Uint8Array) => void,
): ChunkParser {
  const { signatures } = plan
  let length = 0
  return createChunkParser(signatures !== undefined, {
    data(bytes) {
      length += bytes.length
      if (length > plan.decodedLength) throw wrongLength()
      emit(bytes)
    },
    chunk: (signature, sha256) => signatures?.chunk(signature, sha256),
    trailers(headers, signature) {
      if (length !== plan.decodedLength) throw wrongLength()
      const missing = plan.announced.filter(name => !(name in headers))
      if (missing.length > 0) throw incompleteBody()
      signatures?.trailers(headers, signature)
      Object.assign(trailers, headers)
    },
  })
}

function attempt(run: () => void, done: (error?: Error) => void): void {
  try {
    run()
  } catch (error) {
    done(error as Error)
    return
  }
  done()
}

function wrongLength(): AwsError {
  return new AwsError(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
    { statusCode: 400 },
  )
}
