import { crcBytes as bytes, createDigest as create, digestOf as digest } from './assets/digests.mjs'

/** The digests that a body can get on its way. */
export type DigestName = 'md5' | 'sha1' | 'sha256' | 'crc32' | 'crc32c' | 'crc64nvme'

/** A digest on its way; `value` ends it. */
export interface Digest {
  update(bytes: Uint8Array): void
  value(): Buffer
}

/** Starts a digest in this thread: for what is small. */
export const createDigest: (name: DigestName) => Digest = create

/** The digest of bytes that are all there. */
export const digestOf: (name: DigestName, bytes: Uint8Array) => Buffer = digest

/** The reflected polynomials of the CRCs. */
export { polynomials } from './assets/digests.mjs'

/** The bytes of a CRC of so many bits, the highest first. */
export const crcBytes: (value: bigint | number, bits: number) => Buffer = bytes
