import { timingSafeEqual } from 'node:crypto'
import { type CanonicalParts, canonicalRequest, sha256Hex } from './canonical-request.ts'
import type { SignatureClaims } from './claims.ts'
import { scopeText } from './credential-scope.ts'
import type { SignatureEvidence } from './evidence.ts'
import { createSigningKeys } from './signing-keys.ts'
import { createAsymmetricKeys, verifyAsymmetric } from './sigv4a.ts'

/** Says whether `signature` is the one that these claims' key gives `stringToSign`. */
export type StringCheck = (
  claims: SignatureClaims,
  secretAccessKey: string,
  stringToSign: string,
  signature: string,
) => boolean

/** Makes the check, with its caches of derived keys. */
export function createStringCheck(): StringCheck {
  const signingKeys = createSigningKeys()
  const asymmetricKeys = createAsymmetricKeys()
  return (claims, secretAccessKey, stringToSign, signature) => {
    if (claims.algorithm === 'AWS4-ECDSA-P256-SHA256')
      return verifyAsymmetric(asymmetricKeys(claims.accessKeyId, secretAccessKey), stringToSign, signature)
    return sameBytes(signingKeys(secretAccessKey, claims.scope)(stringToSign), signature)
  }
}

/** Compares without telling by its time where the two differ. */
export function sameBytes(expected: Buffer, hex: string): boolean {
  if (hex.length !== expected.length * 2 || !/^[0-9a-f]+$/.test(hex)) return false
  return timingSafeEqual(expected, Buffer.from(hex, 'hex'))
}

/** The text that is signed, and the canonical request in it. */
export function signedText(claims: SignatureClaims, parts: CanonicalParts): SignatureEvidence {
  const canonical = canonicalRequest(parts)
  return {
    canonicalRequest: canonical,
    stringToSign: `${claims.algorithm}\n${claims.date}\n${scopeText(claims.scope)}\n${sha256Hex(canonical)}`,
    signatureProvided: claims.signature,
  }
}
