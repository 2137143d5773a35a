import { createECDH, createHmac, createPublicKey, type KeyObject, verify } from 'node:crypto'

/** The order of P-256, less two: a candidate above it is thrown away. */
const limit = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63254fn

/** Gives the public key of an access key's SigV4A key pair. */
export type AsymmetricKeys = (accessKeyId: string, secretAccessKey: string) => KeyObject

/** A cache of SigV4A public keys; one for each simulator. */
export function createAsymmetricKeys(): AsymmetricKeys {
  const keys = new Map<string, KeyObject>()
  return (accessKeyId, secretAccessKey) => {
    const id = `${accessKeyId}/${secretAccessKey}`
    const known = keys.get(id)
    if (known !== undefined) return known
    if (keys.size >= 100) keys.clear()
    const key = publicKey(accessKeyId, secretAccessKey)
    keys.set(id, key)
    return key
  }
}

/**
 * SigV4A's key pair comes out of the secret by NIST SP 800-108's counter mode over HMAC-SHA256, tried again until the
 * number fits the curve. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html#how-sigv4a-works
 */
function publicKey(accessKeyId: string, secretAccessKey: string): KeyObject {
  for (let counter = 1; counter < 255; counter++) {
    const candidate = createHmac('sha256', `AWS4A${secretAccessKey}`)
      .update(Buffer.from([0, 0, 0, 1]))
      .update('AWS4-ECDSA-P256-SHA256')
      .update(Buffer.from([0]))
      .update(accessKeyId)
      .update(Buffer.from([counter, 0, 0, 1, 0]))
      .digest('hex')
    const number = BigInt(`0x${candidate}`)
    if (number > limit) continue
    const pair = createECDH('prime256v1')
    pair.setPrivateKey((number + 1n).toString(16).padStart(64, '0'), 'hex')
    const point = pair.getPublicKey()
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map(part => part.toString('base64url'))
    return createPublicKey({
      format: 'jwk',
      key: { kty: 'EC', crv: 'P-256', x: x as string, y: y as string },
    })
  }
  throw new Error('No SigV4A key can be derived from this secret.')
}

/** Whether a DER signature in hex is good; streamed chunks pad it with `*`. */
export function verifyAsymmetric(key: KeyObject, stringToSign: string, signature: string): boolean {
  const hex = signature.replace(/\*+$/, '')
  if (!/^(?:[0-9a-f]{2}){8,80}$/i.test(hex)) return false
  return verify(
    'sha256',
    Buffer.from(stringToSign, 'latin1'),
    { key, dsaEncoding: 'der' },
    Buffer.from(hex, 'hex'),
  )
}
