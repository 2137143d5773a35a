const exponents = new Uint8Array(510)
const logarithms = new Uint8Array(256)
for (let power = 0, value = 1; power < 255; power++) {
  exponents[power] = value
  exponents[power + 255] = value
  logarithms[value] = power
  value = (value << 1) ^ (value & 0x80 ? 0x11d : 0)
}

function multiply(a: number, b: number): number {
  if (a === 0 || b === 0) return 0
  return exponents[(logarithms[a] ?? 0) + (logarithms[b] ?? 0)] ?? 0
}

/** The error correction bytes of a block, over GF(256) as QR codes use it (ISO/IEC 18004). */
export function correctionBytes(block: Uint8Array, count: number): Uint8Array {
  // The divisor is (x - 2^0)(x - 2^1)…, highest power first, its leading 1 left out.
  const divisor = new Uint8Array(count)
  divisor[count - 1] = 1
  for (let power = 0; power < count; power++)
    for (let at = 0; at < count; at++)
      divisor[at] = multiply(divisor[at] ?? 0, exponents[power] ?? 0) ^ (divisor[at + 1] ?? 0)
  const rest = new Uint8Array(count)
  for (const byte of block) {
    const factor = byte ^ (rest[0] ?? 0)
    rest.copyWithin(0, 1)
    rest[count - 1] = 0
    for (let at = 0; at < count; at++) rest[at] = (rest[at] ?? 0) ^ multiply(divisor[at] ?? 0, factor)
  }
  return rest
}
