import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { blackAndWhitePng } from '../../../src/lib/png.ts'
import { qrCode } from '../../../src/lib/qr-code.ts'
import { correctionBytes } from '../../../src/lib/reed-solomon.ts'

// The worked example of https://www.thonky.com/qr-code-tutorial/error-correction-coding (HELLO WORLD, 1-M).
test('correction bytes', () => {
  const block = Uint8Array.of(32, 91, 11, 120, 209, 114, 220, 77, 67, 64, 236, 17, 236, 17, 236, 17)
  expect([...correctionBytes(block, 10)]).toEqual([196, 35, 39, 119, 235, 215, 231, 226, 93, 23])
})

test('a code has its finder patterns, its size and one form', () => {
  const cells = qrCode('otpauth://totp/ada')
  const row = (y: number) => cells[y]?.map(cell => (cell ? '#' : '.')).join('')
  expect([cells.length, row(0)?.slice(0, 8), row(0)?.slice(-8), row(68)?.slice(0, 8)]).toEqual([
    69,
    '#######.',
    '.#######',
    '#######.',
  ])
  // Read back as the same text by jsQR when this was written.
  expect(createHash('sha256').update(cells.flat().map(Number).join('')).digest('hex')).toBe(
    '3273008f50ca4e016c8158c024fc2e98a85bb912e7ac1c593626bed5b7201bcb',
  )
  expect(() => qrCode('x'.repeat(426))).toThrow(RangeError)
})

test('a picture is a PNG of one bit a pixel', () => {
  const png = Buffer.from(blackAndWhitePng([[true]], { scale: 2, margin: 1 }))
  expect([
    png.toString('latin1', 1, 4),
    png.readUInt32BE(16),
    png.readUInt32BE(20),
    png[24],
    png[25],
  ]).toEqual(['PNG', 6, 6, 1, 0])
})
