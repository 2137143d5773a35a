import { base64Of, bytesOf } from './base64.ts'
import { serializationException } from './serialization-exception.ts'
import type { Shape } from './shapes.ts'
import { formatTimestamp, parseTimestamp, type TimestampFormat, timestampFormat } from './timestamps.ts'

/** Reads text (a label, a query parameter, a header, an XML element's content) as a simple shape's value. */
export function valueOfText(shape: Shape, text: string): unknown {
  if (shape.kind !== 'simple') throw new Error(`${shape.name} is not a simple shape`)
  switch (shape.type) {
    case 'string':
      return text
    case 'boolean': {
      const word = text.trim().toLowerCase()
      if (word === 'true' || word === 'false') return word === 'true'
      throw serializationException(`'${text}' can not be converted to a Boolean`)
    }
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
    case 'number':
      return numberOfText(shape.type, text)
    case 'blob':
    case 'stream':
      return bytesOf(text.replaceAll(/\s/g, ''))
    case 'document':
      return JSON.parse(text) as unknown
    default: {
      const date = parseTimestamp(text)
      if (date === undefined) throw serializationException(`'${text}' can not be converted to a Date`)
      return date
    }
  }
}

const whole = /^\s*[+-]?\d+\s*$/
const real = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/

function numberOfText(type: string, text: string): number {
  const integral = type === 'integer' || type === 'long'
  const limit = type === 'integer' ? 2 ** 31 : 2 ** 63
  const value = Number(text)
  if (integral ? whole.test(text) && value >= -limit && value < limit : real.test(text)) return value
  if (!integral && ['NaN', 'Infinity', '-Infinity'].includes(text)) return value
  throw serializationException(`'${text}' can not be converted to a${integral ? 'n Integer' : ' Double'}`)
}

/** Writes a simple value as text. */
export function textOfValue(
  shape: Shape,
  value: unknown,
  format: TimestampFormat,
  milliseconds = false,
): string {
  if (value instanceof Date)
    return formatTimestamp(
      value,
      timestampFormat(shape.kind === 'simple' ? shape.type : '', format),
      milliseconds,
    )
  if (value instanceof Uint8Array) return base64Of(value)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
