import { crcBytes, type DigestName, createDigest as startDigest } from '../../../stores/index.ts'
import { combineCrc, crcShapes } from './combine-crc.ts'

/** The checksums that S3 computes. https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html */
export type ChecksumAlgorithm = 'CRC32' | 'CRC32C' | 'CRC64NVME' | 'SHA1' | 'SHA256'

/** Of the whole, or of the parts' checksums (then with `-N` behind it). */
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE'

/** A checksum as it is kept and answered. */
export interface StoredChecksum {
  readonly algorithm: ChecksumAlgorithm
  /** Base64, of a composite one with `-N`. */
  readonly value: string
  readonly type: ChecksumType
}

export const checksumAlgorithms: readonly ChecksumAlgorithm[] = [
  'CRC32',
  'CRC32C',
  'CRC64NVME',
  'SHA1',
  'SHA256',
]

/** The model's member for an algorithm's value. */
export type ChecksumMember = `Checksum${ChecksumAlgorithm}`

/** A checksum on its way. */
export interface Digest {
  update(bytes: Uint8Array): void
  /** Base64. */
  value(): string
}

/** Bytes of a value. */
const lengths: Readonly<Record<ChecksumAlgorithm, number>> = {
  CRC32: 4,
  CRC32C: 4,
  CRC64NVME: 8,
  SHA1: 20,
  SHA256: 32,
}

/** The stores' name of an algorithm. */
export const digestNamed = (algorithm: ChecksumAlgorithm): DigestName => algorithm.toLowerCase() as DigestName

/** Starts a checksum. */
export function createDigest(algorithm: ChecksumAlgorithm): Digest {
  const digest = startDigest(digestNamed(algorithm))
  return { update: digest.update, value: () => digest.value().toString('base64') }
}

/** Whether text can be a value of the algorithm: base64 of so many bytes. */
export function isChecksumValue(algorithm: ChecksumAlgorithm, text: string): boolean {
  return (
    /^[A-Za-z0-9+/]+={0,2}$/.test(text) &&
    text.length % 4 === 0 &&
    Buffer.from(text, 'base64').length === lengths[algorithm]
  )
}

/** The checksum of parts' checksums, with the number of parts behind it. */
export function compositeChecksum(algorithm: ChecksumAlgorithm, values: readonly string[]): string {
  const digest = createDigest(algorithm)
  for (const value of values) digest.update(Buffer.from(value, 'base64'))
  return `${digest.value()}-${values.length}`
}

/** The checksum of the whole out of those of its parts; SHA cannot. */
export function combinedChecksum(
  algorithm: 'CRC32' | 'CRC32C' | 'CRC64NVME',
  parts: readonly { readonly value: string; readonly size: number }[],
): string {
  const shape = crcShapes[algorithm]
  let whole = 0n
  for (const { value, size } of parts)
    whole = combineCrc(shape, whole, BigInt(`0x${Buffer.from(value, 'base64').toString('hex')}`), size)
  return crcBytes(whole, 8 * lengths[algorithm]).toString('base64')
}

/** The checksum as members of an answer. */
export function checksumMembers(
  checksum: StoredChecksum | undefined,
): Partial<Record<ChecksumMember, string>> & { ChecksumType?: ChecksumType } {
  if (checksum === undefined) return {}
  return { [`Checksum${checksum.algorithm}`]: checksum.value, ChecksumType: checksum.type }
}

/** A part's checksum as members of an answer. */
export function partChecksum(
  checksum: Pick<StoredChecksum, 'algorithm' | 'value'> | undefined,
): Partial<Record<ChecksumMember, string>> {
  return checksum === undefined ? {} : { [`Checksum${checksum.algorithm}`]: checksum.value }
}
