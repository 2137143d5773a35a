import type { ScopedCredential } from './credential-scope.ts'

/** SigV4's two algorithms. */
export type SignatureAlgorithm = 'AWS4-HMAC-SHA256' | 'AWS4-ECDSA-P256-SHA256'

/** What a request says of its own signature, read but not believed. */
export interface SignatureClaims extends ScopedCredential {
  readonly placement: 'header' | 'query'
  readonly algorithm: SignatureAlgorithm
  /** Lower-case, sorted. */
  readonly signedHeaders: readonly string[]
  readonly signature: string
  /** Milliseconds since 1970. */
  readonly time: number
  /** `20150830T123600Z`, as it stands in the string to sign. */
  readonly date: string
  /** Seconds; presigned URLs only. */
  readonly expires?: number
  readonly sessionToken?: string
}

/** Tells the two algorithms from everything else. */
export function isSignatureAlgorithm(text: string): text is SignatureAlgorithm {
  return text === 'AWS4-HMAC-SHA256' || text === 'AWS4-ECDSA-P256-SHA256'
}

/** `SignedHeaders=` as a sorted list; empty names are dropped. */
export function signedHeaderNames(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(';')
    .filter(name => name !== '')
    .sort()
}
