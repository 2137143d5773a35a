import type { SignedRequest } from '../door-contract.ts'
import { canonicalPath } from './canonical-path.ts'
import { canonicalQuery, type QueryPairs, readQuery } from './canonical-query.ts'
import type { CanonicalParts } from './canonical-request.ts'
import type { SignatureClaims } from './claims.ts'
import type { SignatureDialect } from './dialect.ts'
import { allowedSkew, dialectOf } from './dialects.ts'
import { readRawHeaders, type SignedHeaderValues } from './raw-headers.ts'

/** A request taken apart as far as its signature needs it. */
export interface Received {
  readonly request: SignedRequest
  readonly dialect: SignatureDialect
  /** Milliseconds. */
  readonly allowedSkew: number
  readonly isS3: boolean
  readonly rawPath: string
  readonly rawQuery: string
  readonly headers: SignedHeaderValues
  readonly pairs: QueryPairs
}

/** Takes a request apart; nothing is checked yet. */
export function receive(request: SignedRequest): Received {
  const question = request.rawUrl.indexOf('?')
  const rawQuery = question < 0 ? '' : request.rawUrl.slice(question + 1)
  return {
    request,
    dialect: dialectOf(request.signingName, request.protocol),
    allowedSkew: allowedSkew(request.signingName),
    isS3: request.signingName === 's3',
    rawPath: question < 0 ? request.rawUrl : request.rawUrl.slice(0, question),
    rawQuery,
    headers: readRawHeaders(request.rawHeaders),
    pairs: readQuery(rawQuery),
  }
}

const signatureOnly: ReadonlySet<string> = new Set(['X-Amz-Signature'])
const signatureAndToken: ReadonlySet<string> = new Set(['X-Amz-Signature', 'X-Amz-Security-Token'])

/** The canonical request's parts, of the headers that the claims name. */
export function canonicalParts(
  received: Received,
  claims: SignatureClaims,
  payloadHash: string,
  token: 'signed' | 'added afterwards' = 'signed',
): CanonicalParts {
  return {
    method: received.request.method,
    path: canonicalPath(received.rawPath, received.isS3 ? 's3' : 'normalised'),
    query: canonicalQuery(received.pairs, token === 'signed' ? signatureOnly : signatureAndToken),
    headers: claims.signedHeaders.map(name => [name, received.headers.get(name) ?? '']),
    payloadHash,
  }
}
