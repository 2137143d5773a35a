import { createCipheriv, createHash } from 'node:crypto'
import type { Scope, VersionRecord } from './state.ts'

/** The first bytes of a ciphertext blob of KMS, so that `AQICAH…` is recognised. */
const header = Buffer.from('0102020078', 'hex')

/**
 * What GetParameter answers for a SecureString without decryption: a blob that looks like KMS's and never shows the
 * value. It is the same for the same version, as AWS stores one ciphertext per version.
 */
export function ciphertextOf(scope: Scope, path: string, version: VersionRecord): string {
  const secret = [scope.account, scope.region, version.keyId ?? '', path].join('\0')
  const key = createHash('sha256').update(secret).digest()
  const iv = createHash('sha256')
    .update(key)
    .update(`${version.version}\0${version.value}`)
    .digest()
    .subarray(0, 12)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  const body = Buffer.concat([cipher.update(version.value, 'utf8'), cipher.final()])
  return Buffer.concat([
    header,
    createHash('sha256').update(key).digest(),
    iv,
    body,
    cipher.getAuthTag(),
  ]).toString('base64')
}
