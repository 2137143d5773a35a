import { createHmac } from 'node:crypto'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const stepSeconds = 30

/** The code of six digits that an authenticator app shows in a time step (RFC 6238 with SHA-1, as AWS has it). */
export function totpCode(seed: string, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const digest = createHmac('sha1', decodeBase32(seed)).update(counter).digest()
  const offset = (digest[19] ?? 0) & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/** The time step, half a minute long, of a moment in milliseconds. */
export function totpStep(now: number): number {
  return Math.floor(now / 1000 / stepSeconds)
}

/** How many steps a device's clock may be off (assumed: AWS names no number). */
const drift = 2

/** The time step whose code was given; undefined where it is none near now, or none after the last that was taken. */
export function matchingStep(
  { seed, lastStep = -1 }: { readonly seed: string; readonly lastStep?: number },
  code: string,
  now: number,
): number | undefined {
  for (let step = totpStep(now) - drift; step <= totpStep(now) + drift; step++)
    if (step > lastStep && totpCode(seed, step) === code) return step
  return undefined
}

function decodeBase32(text: string): Buffer {
  const bytes: number[] = []
  let bits = 0
  let value = 0
  for (const character of text) {
    value = ((value << 5) | alphabet.indexOf(character)) & 0xfff
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes.push((value >> bits) & 0xff)
    }
  }
  return Buffer.from(bytes)
}
