import { serializationException } from './serialization-exception.ts'

const alphabet = /^[A-Za-z0-9+/]*={0,2}$/
/** What a last group's last letter holds beyond the last byte is zero. */
const loose = /(?:[^AQgw]==|[^AEIMQUYcgkosw048=]=)$/

/** Whether a text is base64 as `bytesOf` takes it. */
export const isBase64 = (text: string): boolean =>
  text.length % 4 === 0 && alphabet.test(text) && !loose.test(text.slice(-3))

/** Reads base64 strictly, with the errors that DynamoDB gives (dynalite's recordings). */
export function bytesOf(text: string): Uint8Array {
  if (text.length % 4 !== 0)
    throw serializationException(
      `Base64 encoded length is expected a multiple of 4 bytes but found: ${text.length}`,
    )
  if (!alphabet.test(text) || loose.test(text.slice(-3)))
    throw serializationException('Invalid last non-pad Base64 character dectected')
  const buffer = Buffer.from(text, 'base64')
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length)
}

/** Writes bytes as base64. */
export function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}
