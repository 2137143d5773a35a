import { Readable } from 'node:stream'
import { WholeBody } from '../../lib/index.ts'
import { AwsError } from '../aws-error.ts'
import type { StreamedBody } from '../door-contract.ts'
import { sha256Hex } from './canonical-request.ts'
import { createChunkSignatures } from './chunk-signatures.ts'
import {
  type ChunkedBodyPlan,
  decodeChunkedBytes,
  decodeChunkedLater,
  decodeChunkedStream,
} from './chunked-body.ts'
import type { SignatureClaims } from './claims.ts'
import { verifyHashedStream } from './hashed-body.ts'
import { declaredPayload, payloadForms } from './payload.ts'
import type { Received } from './received.ts'
import { invalidArgument, payloadMismatch } from './s3-dialect.ts'
import type { StringCheck } from './verifier.ts'

/** A body that was vouched for, with the headers that trail it. */
export interface VouchedBody {
  readonly body: Uint8Array | StreamedBody
  readonly trailers?: Readonly<Record<string, string>>
}

/** The last line of S3's canonical request: what `x-amz-content-sha256` says, in a header or in the query. */
export function s3PayloadHash({ headers, pairs }: Received, claims: SignatureClaims): string {
  const header = headers.get('x-amz-content-sha256')
  if (claims.placement === 'query') {
    if (header !== undefined && claims.signedHeaders.includes('x-amz-content-sha256')) return header
    return pairs.find(([name]) => name === 'X-Amz-Content-Sha256')?.[1] ?? 'UNSIGNED-PAYLOAD'
  }
  if (header === undefined)
    throw new AwsError('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256', {
      statusCode: 400,
    })
  if (declaredPayload(header, claims.algorithm) === undefined)
    throw invalidArgument(payloadForms, 'x-amz-content-sha256', header)
  return header
}

/**
 * Gives the body that S3 may believe in: taken out of its `aws-chunked` framing, its hash compared with the one that
 * was signed. A wrong body fails when it has been read, before the operation commits.
 */
export function vouchForBody(
  received: Received,
  declared: string | undefined,
  signer?: {
    readonly claims: SignatureClaims
    readonly secretAccessKey: string
    readonly check: StringCheck
  },
): VouchedBody {
  const { body } = received.request
  const payload = declared === undefined ? undefined : declaredPayload(declared, signer?.claims.algorithm)
  switch (payload?.kind) {
    case 'hashed':
      if (body instanceof Readable) return { body: verifyHashedStream(body, payload.sha256) }
      if (body instanceof WholeBody)
        return { body: new WholeBody(() => compareHash(body.read(), payload.sha256)) }
      return { body: compareHash(body, payload.sha256) }
    case 'chunked': {
      const signatures =
        payload.signed && signer !== undefined
          ? createChunkSignatures(signer.claims, signer.secretAccessKey, signer.check, payload.trailers)
          : undefined
      const plan = chunkedPlan(received, signatures)
      if (body instanceof Readable) return decodeChunkedStream(body, plan)
      return body instanceof WholeBody ? decodeChunkedLater(body, plan) : decodeChunkedBytes(body, plan)
    }
    default:
      return { body }
  }
}

function compareHash(body: Uint8Array, sha256: string): Uint8Array {
  const computed = sha256Hex(body)
  if (computed !== sha256) throw payloadMismatch(sha256, computed)
  return body
}

function chunkedPlan({ headers }: Received, signatures: ChunkedBodyPlan['signatures']): ChunkedBodyPlan {
  const length = headers.get('x-amz-decoded-content-length')
  if (length === undefined || !/^\d{1,15}$/.test(length))
    throw new AwsError('MissingContentLength', 'You must provide the Content-Length HTTP header.', {
      statusCode: 411,
    })
  const announced = (headers.get('x-amz-trailer') ?? '')
    .split(',')
    .map(name => name.trim().toLowerCase())
    .filter(name => name !== '')
  return {
    decodedLength: Number(length),
    announced,
    ...(signatures === undefined ? {} : { signatures }),
  }
}
