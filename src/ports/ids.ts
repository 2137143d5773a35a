/** The only source of randomness, so that tests can own it. */
export interface Ids {
  /** A UUID version 4 in lower case. */
  uuid(): string
  /** `length` random characters out of `alphabet`. */
  token(length: number, alphabet: string): string
  /** `length` random bytes. */
  bytes(length: number): Uint8Array
}
