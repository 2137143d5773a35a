import { constants, createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import type { KeySet } from './token-keys.ts'

/** What checking a token's signature can lead to. */
export type SignatureCheck = 'valid' | 'invalid' | 'no-key'

/** Algorithms of JSON Web Signatures that identity providers sign with (RFC 7518); no secret ones, no `none`. */
const algorithms: Readonly<Record<string, { readonly hash: string; readonly kind: 'rsa' | 'pss' | 'ec' }>> = {
  RS256: { hash: 'sha256', kind: 'rsa' },
  RS384: { hash: 'sha384', kind: 'rsa' },
  RS512: { hash: 'sha512', kind: 'rsa' },
  PS256: { hash: 'sha256', kind: 'pss' },
  PS384: { hash: 'sha384', kind: 'pss' },
  PS512: { hash: 'sha512', kind: 'pss' },
  ES256: { hash: 'sha256', kind: 'ec' },
  ES384: { hash: 'sha384', kind: 'ec' },
  ES512: { hash: 'sha512', kind: 'ec' },
}

/** Checks a JSON Web Token's signature with the key that its header names, or with any where it names none. */
export function checkTokenSignature(token: string, { keys }: KeySet): SignatureCheck {
  const [head = '', claims = '', signature = ''] = token.split('.')
  const header = parseHeader(head)
  const algorithm = typeof header['alg'] === 'string' ? algorithms[header['alg']] : undefined
  if (algorithm === undefined) return 'invalid'
  const type = algorithm.kind === 'ec' ? 'EC' : 'RSA'
  const named = keys.filter(
    key => key.kty === type && (header['kid'] === undefined || key['kid'] === header['kid']),
  )
  if (named.length === 0) return 'no-key'
  const text = Buffer.from(`${head}.${claims}`)
  const bytes = Buffer.from(signature, 'base64url')
  return named.some(key => isSignedWith(key, algorithm, text, bytes)) ? 'valid' : 'invalid'
}

function isSignedWith(
  jwk: JsonWebKey,
  { hash, kind }: (typeof algorithms)[string],
  text: Buffer,
  signature: Buffer,
): boolean {
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' })
    if (kind === 'ec') return verify(hash, text, { key, dsaEncoding: 'ieee-p1363' }, signature)
    if (kind === 'rsa') return verify(hash, text, key, signature)
    return verify(hash, text, { key, padding: constants.RSA_PKCS1_PSS_PADDING }, signature)
  } catch {
    // A key that is none signs nothing.
    return false
  }
}

function parseHeader(part: string): Readonly<Record<string, unknown>> {
  try {
    const header: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    return typeof header === 'object' && header !== null ? (header as Record<string, unknown>) : {}
  } catch {
    // Not JSON: it names no algorithm.
    return {}
  }
}
