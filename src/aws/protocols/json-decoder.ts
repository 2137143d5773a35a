import { bytesOf } from './base64.ts'
import { javaClassOf, javaTypeOf } from './java-types.ts'
import { cannotConvert, serializationException, tokenName } from './serialization-exception.ts'
import type { Member, Shape, SimpleShape, StructureShape } from './shapes.ts'
import { parseTimestamp } from './timestamps.ts'

/** Checks one parsed JSON value against its shape and gives the value that an operation sees. */
export type JsonDecode = (value: unknown) => unknown

interface Slot {
  decode: JsonDecode
}

interface MemberSlot {
  readonly name: string
  readonly slot: Slot
}

type Json = Record<string, unknown>

/**
 * Compiles decoders, one per shape. They change the parsed value in place and give it back: JSON.parse made it for
 * us, so nothing is copied unless a member has another name on the wire, is null or is unknown. `leaf` says how
 * another notation than JSON holds bytes and moments, `javaPackage` where the service's own classes are, which its errors
 * name.
 */
export function createJsonDecoders(
  useJsonNames: boolean,
  leaf: (shape: SimpleShape) => JsonDecode | undefined = () => undefined,
  javaPackage = '',
): (shape: Shape) => JsonDecode {
  const slots = new Map<Shape, Slot>()

  function slotOf(shape: Shape): Slot {
    const known = slots.get(shape)
    if (known !== undefined) return known
    const slot: Slot = { decode: value => value }
    slots.set(shape, slot)
    slot.decode = compile(shape)
    return slot
  }

  function compile(shape: Shape): JsonDecode {
    if (shape.kind === 'simple') return leaf(shape) ?? decodeSimple(shape)
    if (shape.kind === 'list') return decodeList(shape.member, slotOf(shape.member.shape))
    if (shape.kind === 'map')
      return decodeMap(shape.value, slotOf(shape.value.shape), javaTypeOf(shape, javaPackage))
    return decodeStructure(shape)
  }

  function decodeStructure(shape: StructureShape): JsonDecode {
    const table = new Map<string, MemberSlot>()
    let renames = false
    for (const member of shape.members) {
      const wire = (useJsonNames ? member.traits.json : undefined) ?? member.name
      if (wire !== member.name) renames = true
      table.set(wire, { name: member.name, slot: slotOf(member.shape) })
    }
    return value => {
      if (typeof value !== 'object' || value === null) throw serializationException('Unexpected field type')
      if (Array.isArray(value))
        throw serializationException(`Unrecognized collection type class ${javaPackage}${shape.name}`)
      const structure = value as Json
      let rebuild = renames
      for (const key in structure) {
        const member = table.get(key)
        const given = structure[key]
        if (member === undefined || given === null) {
          rebuild = true
          continue
        }
        const decoded = member.slot.decode(given)
        if (decoded !== given) structure[key] = decoded
      }
      return rebuild ? onlyKnown(structure, table) : structure
    }
  }

  return shape => slotOf(shape).decode
}

/** AWS ignores members that it does not know, and null is as good as absent. */
function onlyKnown(structure: Json, table: ReadonlyMap<string, MemberSlot>): Json {
  const known: Json = {}
  for (const key in structure) {
    const member = table.get(key)
    const value = structure[key]
    if (member !== undefined && value !== null) known[member.name] = value
  }
  return known
}

function decodeList(member: Member, slot: Slot): JsonDecode {
  const refuse = refuseElement(member.shape)
  return value => {
    if (!Array.isArray(value)) {
      if (typeof value === 'object')
        throw serializationException('Start of structure or map found where not expected')
      throw serializationException('Unexpected field type')
    }
    for (let index = 0; index < value.length; index++) {
      const given: unknown = value[index]
      if (typeof given !== 'object' || given === null) refuse?.()
      const decoded = slot.decode(given)
      if (decoded !== given) value[index] = decoded
    }
    return value
  }
}

function decodeMap(member: Member, slot: Slot, javaType: string): JsonDecode {
  const refuse = refuseElement(member.shape)
  return value => {
    if (typeof value !== 'object' || value === null) throw serializationException('Unexpected field type')
    if (Array.isArray(value)) throw serializationException(`Unrecognized collection type ${javaType}`)
    const map = value as Json
    for (const key in map) {
      const given = map[key]
      if (typeof given !== 'object' || given === null) refuse?.()
      const decoded = slot.decode(given)
      if (decoded === given) continue
      // Assigning `__proto__` would set the prototype; a key of a map is only a key.
      if (key === '__proto__')
        Object.defineProperty(map, key, { value: decoded, enumerable: true, writable: true })
      else map[key] = decoded
    }
    return map
  }
}

/** How a plain value in place of an element is refused; the second wording is a Java error that DynamoDB lets out. */
function refuseElement({ kind }: Shape): (() => never) | undefined {
  if (kind === 'simple') return undefined
  const text =
    kind === 'structure'
      ? 'Unexpected value type in payload'
      : 'class sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl cannot be cast to class java.lang.Class ' +
        '(sun.reflect.generics.reflectiveObjects.ParameterizedTypeImpl and java.lang.Class are in module java.base ' +
        "of loader 'bootstrap')"
  return () => {
    throw serializationException(text)
  }
}

const decodeString: JsonDecode = value => {
  if (typeof value === 'string') return value
  throw cannotConvert(value, 'String', 'java.lang.String')
}

/** Words that DynamoDB takes for booleans (dynalite's recordings). */
const booleanWords: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['false', false],
  ['0', false],
  ['no', false],
])

const decodeBoolean: JsonDecode = value => {
  if (typeof value === 'boolean') return value
  if (typeof value === 'string') {
    const word = value.toLowerCase()
    const isTrue = booleanWords.get(word)
    if (isTrue !== undefined) return isTrue
    throw serializationException('Unexpected token received from parser')
  }
  throw cannotConvert(value, 'Boolean', 'java.lang.Boolean')
}

function decodeNumber(type: 'integer' | 'long' | 'float' | 'double' | 'number'): JsonDecode {
  const name = type === 'number' ? 'Double' : type.charAt(0).toUpperCase() + type.slice(1)
  const whole = type === 'integer' || type === 'long'
  const limit = type === 'integer' ? 2 ** 31 : 2 ** 63
  return value => {
    if (typeof value === 'number') {
      if (!whole) return value
      if (value < -limit || value >= limit)
        throw serializationException(`${tokenName(value)} cannot be converted to ${name}`)
      return Math.trunc(value)
    }
    if (!whole && (value === 'NaN' || value === 'Infinity' || value === '-Infinity')) return Number(value)
    throw cannotConvert(value, name, javaClassOf(type))
  }
}

const decodeBlob: JsonDecode = value => {
  if (typeof value === 'string') return bytesOf(value)
  if (typeof value === 'object') throw cannotConvert(value, 'ByteBuffer', 'java.nio.ByteBuffer')
  throw serializationException('only base-64-encoded strings are convertible to bytes')
}

/** Checks a blob as `decodeBlob` does, and leaves it as it travels. */
export const decodeBlobAsText: JsonDecode = value => {
  decodeBlob(value)
  return value
}

function decodeTimestamp(textual: boolean): JsonDecode {
  return value => {
    const date =
      typeof value === 'number' && !textual
        ? new Date(Math.round(value * 1000))
        : typeof value === 'string' && textual
          ? parseTimestamp(value)
          : undefined
    if (date === undefined || Number.isNaN(date.getTime()))
      throw cannotConvert(value, 'Date', 'java.util.Date')
    return date
  }
}

function decodeSimple(shape: SimpleShape): JsonDecode {
  switch (shape.type) {
    case 'string':
      return decodeString
    case 'boolean':
      return decodeBoolean
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
    case 'number':
      return decodeNumber(shape.type)
    case 'blob':
    case 'stream':
      return decodeBlob
    case 'document':
      return value => value
    default:
      return decodeTimestamp(shape.type === 'dateTime' || shape.type === 'httpDate')
  }
}
