import { describe, expect, it } from 'vitest'
import { type ChecksumAlgorithm, createDigest } from '../../../../../src/services/s3/checksums/algorithm.ts'
import { crcShapes } from '../../../../../src/services/s3/checksums/combine-crc.ts'

/** The definition itself, bit by bit. */
function slowCrc({ bits, polynomial }: (typeof crcShapes)['CRC32'], bytes: Uint8Array): string {
  const ones = (1n << bits) - 1n
  let crc = ones
  for (const byte of bytes) {
    crc ^= BigInt(byte)
    for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ polynomial : crc >> 1n
  }
  const hex = (crc ^ ones).toString(16).padStart(Number(bits) / 4, '0')
  return Buffer.from(hex, 'hex').toString('base64')
}

function checksum(algorithm: ChecksumAlgorithm, ...chunks: readonly Uint8Array[]): string {
  const digest = createDigest(algorithm)
  for (const chunk of chunks) digest.update(chunk)
  return digest.value()
}

describe('checksums', () => {
  // The check values of the catalogue of CRCs, https://reveng.sourceforge.io/crc-catalogue/all.htm.
  it.each([
    ['CRC32', 'cbf43926'],
    ['CRC32C', 'e3069283'],
    ['CRC64NVME', 'ae8b14860a799888'],
  ] as const)('%s of the catalogue’s text', (algorithm, hex) => {
    expect(checksum(algorithm, Buffer.from('123456789'))).toBe(Buffer.from(hex, 'hex').toString('base64'))
  })

  it.each(['CRC32', 'CRC32C', 'CRC64NVME'] as const)('%s of every length up to 70', algorithm => {
    const bytes = Uint8Array.from({ length: 70 }, (_, index) => (index * 151 + 13) & 255)
    const all = Array.from({ length: 71 }, (_, length) => bytes.subarray(0, length))
    expect(all.map(part => checksum(algorithm, part))).toEqual(
      all.map(part => slowCrc(crcShapes[algorithm], part)),
    )
  })

  it.each(['CRC32', 'CRC32C', 'CRC64NVME'] as const)('%s does not mind how bytes are cut', algorithm => {
    const bytes = Uint8Array.from({ length: 600_001 }, (_, index) => (index * 7919) >> 3)
    const cuts = [0, 1, 16, 17, 262_144, 262_145, 500_000, bytes.length]
    const chunks = cuts.slice(1).map((to, index) => bytes.subarray(cuts[index], to))
    expect(checksum(algorithm, ...chunks)).toBe(checksum(algorithm, bytes))
    expect(checksum(algorithm, bytes)).toBe(slowCrc(crcShapes[algorithm], bytes))
  })
})
