import type { Shape } from './shapes.ts'
import { epochSeconds } from './timestamps.ts'

/** Writes a value of a shape as CBOR, with lengths said in front. */
export function writeCbor(shape: Shape, value: unknown): Uint8Array {
  const parts: Uint8Array[] = []
  write(parts, shape, value)
  return Buffer.concat(parts)
}

function head(parts: Uint8Array[], major: number, argument: number): void {
  const high = major << 5
  if (argument < 24) parts.push(Buffer.from([high | argument]))
  else if (argument < 0x100) parts.push(Buffer.from([high | 24, argument]))
  else if (argument < 0x10000) parts.push(Buffer.from([high | 25, argument >> 8, argument & 0xff]))
  else if (argument < 0x1_0000_0000) {
    const bytes = Buffer.from([high | 26, 0, 0, 0, 0])
    bytes.writeUInt32BE(argument, 1)
    parts.push(bytes)
  } else {
    const bytes = Buffer.alloc(9, high | 27)
    bytes.writeBigUInt64BE(BigInt(argument), 1)
    parts.push(bytes)
  }
}

function writeText(parts: Uint8Array[], text: string): void {
  const bytes = Buffer.from(text, 'utf8')
  head(parts, 3, bytes.length)
  parts.push(bytes)
}

function writeNumber(parts: Uint8Array[], number: number, real: boolean): void {
  if (!real && Number.isSafeInteger(number)) {
    if (number < 0) head(parts, 1, -1 - number)
    else head(parts, 0, number)
    return
  }
  const bytes = Buffer.alloc(9, 0xfb)
  bytes.writeDoubleBE(number, 1)
  parts.push(bytes)
}

function write(parts: Uint8Array[], shape: Shape, value: unknown): void {
  if (shape.kind === 'structure') {
    const structure = value as Record<string, unknown>
    const members = shape.members.filter(
      ({ name }) => structure[name] !== undefined && structure[name] !== null,
    )
    head(parts, 5, members.length)
    for (const member of members) {
      writeText(parts, member.name)
      write(parts, member.shape, structure[member.name])
    }
  } else if (shape.kind === 'list') {
    const list = value as readonly unknown[]
    head(parts, 4, list.length)
    for (const element of list) write(parts, shape.member.shape, element)
  } else if (shape.kind === 'map') {
    const entries = Object.entries(value as Record<string, unknown>).filter(
      ([, element]) => element !== undefined,
    )
    head(parts, 5, entries.length)
    for (const [key, element] of entries) {
      writeText(parts, key)
      write(parts, shape.value.shape, element)
    }
  } else writeSimple(parts, shape.type, value)
}

function writeSimple(parts: Uint8Array[], type: string, value: unknown): void {
  if (value === null || value === undefined) parts.push(Buffer.from([0xf6]))
  else if (typeof value === 'boolean') parts.push(Buffer.from([value ? 0xf5 : 0xf4]))
  else if (typeof value === 'number' || typeof value === 'bigint')
    writeNumber(parts, Number(value), type === 'double' || type === 'float')
  else if (value instanceof Date) {
    parts.push(Buffer.from([0xc1]))
    writeNumber(parts, epochSeconds(value), true)
  } else if (value instanceof Uint8Array) {
    head(parts, 2, value.length)
    parts.push(value)
  } else writeText(parts, String(value))
}
