import { serializationException } from './serialization-exception.ts'

/** Values may be nested as deeply as this. */
const deepest = 500
const utf8 = new TextDecoder('utf-8', { fatal: true })

function malformed(): Error {
  return serializationException('The request is not valid CBOR')
}

/**
 * Reads one CBOR value (RFC 8949) as rpcv2Cbor uses it: tag 1 is a moment, other tags are looked through. Nothing is
 * allocated on the word of a length before the bytes are there.
 */
export function readCbor(bytes: Uint8Array): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0

  const need = (count: number): number => {
    if (at + count > bytes.length) throw malformed()
    const start = at
    at += count
    return start
  }
  const argument = (low: number): number => {
    if (low < 24) return low
    if (low === 24) return view.getUint8(need(1))
    if (low === 25) return view.getUint16(need(2))
    if (low === 26) return view.getUint32(need(4))
    if (low === 27) return Number(view.getBigUint64(need(8)))
    throw malformed()
  }
  const ended = (): boolean => {
    if (bytes[at] !== 0xff) return false
    at++
    return true
  }
  const chunks = (major: number, low: number): Uint8Array => {
    if (low !== 31) {
      const length = argument(low)
      const start = need(length)
      return bytes.subarray(start, start + length)
    }
    const parts: Uint8Array[] = []
    while (!ended()) {
      const head = view.getUint8(need(1))
      if (head >> 5 !== major || (head & 31) === 31) throw malformed()
      parts.push(chunks(major, head & 31))
    }
    return Buffer.concat(parts)
  }
  const text = (low: number): string => {
    try {
      return utf8.decode(chunks(3, low))
    } catch (error) {
      if (error instanceof TypeError) throw malformed()
      throw error
    }
  }
  const list = (low: number, depth: number): unknown[] => {
    const values: unknown[] = []
    const length = low === 31 ? Number.POSITIVE_INFINITY : argument(low)
    while (low === 31 ? !ended() : values.length < length) values.push(value(depth))
    return values
  }
  const map = (low: number, depth: number): Record<string, unknown> => {
    const entries: [string, unknown][] = []
    const length = low === 31 ? Number.POSITIVE_INFINITY : argument(low)
    while (low === 31 ? !ended() : entries.length < length) {
      const head = view.getUint8(need(1))
      if (head >> 5 !== 3) throw malformed()
      entries.push([text(head & 31), value(depth)])
    }
    return Object.fromEntries(entries)
  }
  const simple = (low: number): unknown => {
    if (low === 20 || low === 21) return low === 21
    if (low === 22 || low === 23) return null
    if (low === 25) return half(view.getUint16(need(2)))
    if (low === 26) return view.getFloat32(need(4))
    if (low === 27) return view.getFloat64(need(8))
    throw malformed()
  }

  function value(depth: number): unknown {
    if (depth > deepest) throw malformed()
    const head = view.getUint8(need(1))
    const low = head & 31
    switch (head >> 5) {
      case 0:
        return argument(low)
      case 1:
        return -1 - argument(low)
      case 2:
        return Uint8Array.from(chunks(2, low))
      case 3:
        return text(low)
      case 4:
        return list(low, depth + 1)
      case 5:
        return map(low, depth + 1)
      case 6: {
        const tag = argument(low)
        const inner = value(depth + 1)
        return tag === 1 && typeof inner === 'number' ? new Date(Math.round(inner * 1000)) : inner
      }
      default:
        return simple(low)
    }
  }

  const read = value(0)
  if (at !== bytes.length) throw malformed()
  return read
}

function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
