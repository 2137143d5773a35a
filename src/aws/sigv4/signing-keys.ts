import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'
import type { CredentialScope } from './credential-scope.ts'

/** Gives the key that signs one day, region and service; deriving it costs four HMACs, so it is kept. */
export type SigningKeys = (secretAccessKey: string, scope: CredentialScope) => KeyObject

const kept = 1000

/** A cache of derived signing keys; one for each simulator. */
export function createSigningKeys(): SigningKeys {
  const keys = new Map<string, KeyObject>()
  return (secretAccessKey, scope) => {
    const id = `${scope.date}/${scope.region}/${scope.service}/${secretAccessKey}`
    const known = keys.get(id)
    if (known !== undefined) return known
    if (keys.size >= kept) keys.clear()
    const key = createSecretKey(deriveSigningKey(secretAccessKey, scope))
    keys.set(id, key)
    return key
  }
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#calculate-signature */
export function deriveSigningKey(secretAccessKey: string, scope: CredentialScope): Buffer {
  const date = hmac(`AWS4${secretAccessKey}`, scope.date)
  return hmac(hmac(hmac(date, scope.region), scope.service), 'aws4_request')
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
