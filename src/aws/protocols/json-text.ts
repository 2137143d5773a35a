import { serializationException } from './serialization-exception.ts'

/** Objects and lists may be nested as deeply as this; DynamoDB's deepest document needs 70. */
const deepest = 1000

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Parses a request's JSON: an object, not deeper than decoders can go. An empty body is an empty object. */
export function parseJson(body: Uint8Array): Record<string, unknown> {
  if (body.length === 0) return {}
  let value: unknown
  try {
    boundDepth(body)
    value = JSON.parse(utf8.decode(body))
  } catch (cause) {
    if (cause instanceof SyntaxError || cause instanceof TypeError) throw unparsable(cause)
    throw cause
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw serializationException('Unexpected value type in payload')
  return value as Record<string, unknown>
}

function unparsable(cause: Error): Error {
  const error = serializationException('')
  error.cause = cause
  return error
}

const [quote, backslash, opens, closes] = [1, 2, 3, 4]
/** What each byte means for the nesting; most mean nothing, and the walk over them is the hottest loop of a request. */
const meanings = new Uint8Array(256)
for (const [text, meaning] of Object.entries({ '"': quote, '\\': backslash, '{[': opens, '}]': closes }))
  for (const char of text) meanings[char.charCodeAt(0)] = meaning

/** Only a body that is long enough to be too deep is looked through. */
function boundDepth(body: Uint8Array): void {
  if (body.length < 2 * deepest) return
  let depth = 0
  let quoted = false
  for (let at = 0; at < body.length; at++) {
    const meaning = meanings[body[at] as number]
    if (meaning === 0) continue
    if (meaning === quote) quoted = !quoted
    else if (quoted) {
      if (meaning === backslash) at++
    } else if (meaning === opens) {
      if (++depth > deepest) throw serializationException('The request is nested too deeply')
    } else if (meaning === closes) depth--
  }
}
