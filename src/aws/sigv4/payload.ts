import type { SignatureAlgorithm } from './claims.ts'

/** How the body is vouched for. */
export type Payload =
  /** The body's SHA-256 in lower-case hex. */
  | { readonly kind: 'hashed'; readonly sha256: string }
  | { readonly kind: 'unsigned' }
  /** `aws-chunked` framing, with a signature on every chunk or without, with trailing headers or without. */
  | { readonly kind: 'chunked'; readonly signed: boolean; readonly trailers: boolean }

/**
 * Reads `x-amz-content-sha256`; undefined for a value that is none of those S3 knows.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function declaredPayload(
  value: string,
  algorithm: SignatureAlgorithm | undefined,
): Payload | undefined {
  if (/^[0-9a-fA-F]{64}$/.test(value)) return { kind: 'hashed', sha256: value.toLowerCase() }
  if (value === 'UNSIGNED-PAYLOAD') return { kind: 'unsigned' }
  if (value === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER')
    return { kind: 'chunked', signed: false, trailers: true }
  const own = `STREAMING-${algorithm ?? 'AWS4-HMAC-SHA256'}-PAYLOAD`
  if (value === own) return { kind: 'chunked', signed: true, trailers: false }
  if (value === `${own}-TRAILER`) return { kind: 'chunked', signed: true, trailers: true }
  return undefined
}

/** S3's list of what the header may hold. */
export const payloadForms =
  'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid sha256 value.'
