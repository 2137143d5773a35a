import { createHmac, hash } from 'node:crypto'
import type { CredentialScope } from './credential-scope.ts'

/** Signs a text of one byte a character: the HMAC of its bytes. */
export type Sign = (text: string) => Buffer

/** Gives what signs for one day, region and service; deriving its key costs four HMACs, so it is kept. */
export type SigningKeys = (secretAccessKey: string, scope: CredentialScope) => Sign

const kept = 1000

/** A cache of derived signing keys; one for each simulator. */
export function createSigningKeys(): SigningKeys {
  const keys = new Map<string, Sign>()
  return (secretAccessKey, scope) => {
    const id = `${scope.date}/${scope.region}/${scope.service}/${secretAccessKey}`
    const known = keys.get(id)
    if (known !== undefined) return known
    if (keys.size >= kept) keys.clear()
    const key = createSign(deriveSigningKey(secretAccessKey, scope))
    keys.set(id, key)
    return key
  }
}

/**
 * HMAC-SHA256 as its definition has it, by two hashes: for the short text of a signature half the time of `createHmac`,
 * which sets a stream up. https://www.rfc-editor.org/rfc/rfc2104
 */
function createSign(key: Buffer): Sign {
  const inner = Buffer.alloc(blockLength, 0x36)
  const outer = Buffer.alloc(blockLength + 32, 0x5c)
  for (const [at, byte] of key.entries()) {
    inner[at] = byte ^ 0x36
    outer[at] = byte ^ 0x5c
  }
  return text => {
    const message = Buffer.allocUnsafe(blockLength + text.length)
    message.set(inner)
    message.write(text, blockLength, 'latin1')
    outer.set(hash('sha256', message, 'buffer'), blockLength)
    return hash('sha256', outer, 'buffer')
  }
}

/** SHA-256's; a derived key has 32 bytes and so never to be shortened. */
const blockLength = 64

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#calculate-signature */
export function deriveSigningKey(secretAccessKey: string, scope: CredentialScope): Buffer {
  const date = hmac(`AWS4${secretAccessKey}`, scope.date)
  return hmac(hmac(hmac(date, scope.region), scope.service), 'aws4_request')
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
