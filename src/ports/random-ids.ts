import { randomBytes, randomUUID } from 'node:crypto'
import type { Ids } from './ids.ts'

/** Random ids from the system's generator; tests inject their own `Ids`. */
export function createRandomIds(): Ids {
  return {
    uuid: () => randomUUID(),
    token: (length, alphabet) => {
      // Rejection sampling: a plain remainder would prefer the alphabet's first characters.
      const limit = 256 - (256 % alphabet.length)
      let token = ''
      while (token.length < length) {
        for (const byte of randomBytes(length - token.length)) {
          if (byte < limit) token += alphabet[byte % alphabet.length]
        }
      }
      return token
    },
    bytes: length => new Uint8Array(randomBytes(length)),
  }
}
