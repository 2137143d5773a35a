import { base64Of } from './base64.ts'
import type { Shape, SimpleShape, StructureShape } from './shapes.ts'
import { epochSeconds, formatTimestamp, timestampFormat } from './timestamps.ts'

/** Writes one value of a shape as JSON text. */
export type JsonEncode = (value: unknown) => string

interface Slot {
  encode: JsonEncode
}

/** What cannot stand in a JSON string as it is; lone surrogates too, which JSON.stringify escapes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what has to be escaped
const special = /["\\\u0000-\u001f\ud800-\udfff]/

/** Writes a string; most need no escaping, and then joining is faster than JSON.stringify. */
export function quote(text: string): string {
  return special.test(text) ? JSON.stringify(text) : `"${text}"`
}

/** As `quote`, but each character of the answer stands for one byte of its UTF-8. */
function quoteBytes(text: string): string {
  return plain.test(text) ? `"${text}"` : bytesOfText(JSON.stringify(text))
}

const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/

const bytesOfText = (text: string): string => Buffer.from(text).toString('latin1')

/** What comes out of an encoder: text, or a string with a character for each byte of the text's UTF-8. */
export type Written = 'text' | 'bytes'

/** JSON that is already what the encoder would write: an item, say, as it stands in the store. */
export class WrittenJson {
  /** A character for each byte of its UTF-8. */
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** Compiles encoders, one per shape; members that the model does not have are left out. */
export function createJsonEncoders(
  useJsonNames: boolean,
  written: Written = 'text',
): (shape: Shape) => JsonEncode {
  const quoted = written === 'text' ? quote : quoteBytes
  const slots = new Map<Shape, Slot>()

  function slotOf(shape: Shape): Slot {
    const known = slots.get(shape)
    if (known !== undefined) return known
    const slot: Slot = { encode: () => 'null' }
    slots.set(shape, slot)
    slot.encode = compile(shape)
    return slot
  }

  function compile(shape: Shape): JsonEncode {
    if (shape.kind === 'simple') return encodeSimple(shape, written)
    if (shape.kind === 'structure') return encodeStructure(shape)
    if (shape.kind === 'list') {
      const slot = slotOf(shape.member.shape)
      return value => {
        let text = ''
        for (const element of value as Iterable<unknown>)
          text += `${text === '' ? '' : ','}${element === null || element === undefined ? 'null' : slot.encode(element)}`
        return `[${text}]`
      }
    }
    const slot = slotOf(shape.value.shape)
    return value => {
      if (value instanceof WrittenJson)
        return written === 'bytes' ? value.text : Buffer.from(value.text, 'latin1').toString()
      const map = value as Record<string, unknown>
      let text = ''
      for (const key in map) {
        const element = map[key]
        if (element === undefined) continue
        text += `${text === '' ? '' : ','}${quoted(key)}:${element === null ? 'null' : slot.encode(element)}`
      }
      return `{${text}}`
    }
  }

  function encodeStructure(shape: StructureShape): JsonEncode {
    const table = new Map<string, { readonly head: string; readonly slot: Slot }>()
    for (const member of shape.members) {
      const wire = (useJsonNames ? member.traits.json : undefined) ?? member.name
      table.set(member.name, { head: `${JSON.stringify(wire)}:`, slot: slotOf(member.shape) })
    }
    return value => {
      const structure = value as Record<string, unknown>
      let text = ''
      for (const key in structure) {
        const element = structure[key]
        if (element === undefined || element === null) continue
        const member = table.get(key)
        if (member !== undefined)
          text += `${text === '' ? '' : ','}${member.head}${member.slot.encode(element)}`
      }
      return `{${text}}`
    }
  }

  return shape => slotOf(shape).encode
}

const encodeNumber: JsonEncode = value => {
  const number = Number(value)
  return Number.isFinite(number) ? String(value) : `"${number}"`
}

function encodeSimple(shape: SimpleShape, written: Written): JsonEncode {
  switch (shape.type) {
    case 'string':
      return written === 'text' ? value => quote(String(value)) : value => quoteBytes(String(value))
    case 'boolean':
      return value => (value ? 'true' : 'false')
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
    case 'number':
      return encodeNumber
    case 'blob':
    case 'stream':
      return value => (typeof value === 'string' ? `"${value}"` : `"${base64Of(value as Uint8Array)}"`)
    case 'document':
      return written === 'text' ? value => JSON.stringify(value) : value => bytesOfText(JSON.stringify(value))
    default: {
      const format = timestampFormat(shape.type, 'epochSeconds')
      // A number is a moment as it came from another engine.
      if (format === 'epochSeconds')
        return value => (typeof value === 'number' ? String(value) : String(epochSeconds(value as Date)))
      return value => `"${formatTimestamp(value as Date, format)}"`
    }
  }
}
