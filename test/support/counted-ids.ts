import type { Ids } from '../../src/ports/index.ts'

/** Ids that count up, so that whole values can be asserted. */
export function createCountedIds(): Ids {
  let count = 0
  return {
    uuid: () => `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`,
    token: (length, alphabet) => {
      count++
      return Array.from({ length }, (_, index) => alphabet[(count + index) % alphabet.length]).join('')
    },
    bytes: length => {
      count++
      return new Uint8Array(length).map((_, index) => (count + index) & 255)
    },
  }
}
