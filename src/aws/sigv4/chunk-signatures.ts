import { emptyHash, sha256Hex } from './canonical-request.ts'
import type { SignatureClaims } from './claims.ts'
import { scopeText } from './credential-scope.ts'
import { s3Mismatch } from './s3-dialect.ts'
import type { StringCheck } from './verifier.ts'

/** Checks the chain of signatures of a streamed body; each one signs the one before it. */
export interface ChunkSignatures {
  chunk(signature: string | undefined, sha256: string): void
  trailers(headers: Readonly<Record<string, string>>, signature: string | undefined): void
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html and `…/sigv4-streaming-trailers.html` */
export function createChunkSignatures(
  claims: SignatureClaims,
  secretAccessKey: string,
  check: StringCheck,
  signsTrailers: boolean,
): ChunkSignatures {
  let previous = claims.signature
  const verify = (kind: 'PAYLOAD' | 'TRAILER', hashes: string, signature: string | undefined) => {
    const stringToSign = `${claims.algorithm}-${kind}\n${claims.date}\n${scopeText(claims.scope)}\n${previous}\n${hashes}`
    const provided = signature ?? ''
    if (!check(claims, secretAccessKey, stringToSign, provided))
      throw s3Mismatch(claims.accessKeyId, {
        stringToSign,
        signatureProvided: provided,
        likeliestCause: `The signature of a ${kind === 'PAYLOAD' ? 'chunk' : 'trailer'} is wrong, or bytes changed on the way.`,
      })
    previous = provided
  }
  return {
    chunk: (signature, sha256) => verify('PAYLOAD', `${emptyHash}\n${sha256}`, signature),
    trailers(headers, signature) {
      if (!signsTrailers) return
      const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`)
      verify('TRAILER', sha256Hex(lines.join('')), signature)
    },
  }
}
