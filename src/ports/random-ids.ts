import { randomFillSync, randomUUID } from 'node:crypto'
import type { Ids } from './ids.ts'

/** Bytes drawn from the system at once: a draw costs more than most of what is done with the bytes. */
const supply = 4096

/** Random ids from the system's generator; tests inject their own `Ids`. */
export function createRandomIds(): Ids {
  const pool = Buffer.allocUnsafeSlow(supply)
  let used = supply
  const bytes = (length: number): Uint8Array => {
    if (length > supply / 4) return new Uint8Array(randomFillSync(Buffer.alloc(length)))
    if (used + length > supply) {
      randomFillSync(pool)
      used = 0
    }
    const drawn = new Uint8Array(length)
    drawn.set(pool.subarray(used, used + length))
    // What has been given away is not kept.
    pool.fill(0, used, used + length)
    used += length
    return drawn
  }
  return {
    uuid: () => randomUUID(),
    token: (length, alphabet) => {
      // Rejection sampling: a plain remainder would prefer the alphabet's first characters.
      const limit = 256 - (256 % alphabet.length)
      let token = ''
      while (token.length < length) {
        const random = bytes(length - token.length)
        for (let at = 0; at < random.length; at++) {
          const byte = random[at] as number
          if (byte < limit) token += alphabet[byte % alphabet.length]
        }
      }
      return token
    },
    bytes,
  }
}
