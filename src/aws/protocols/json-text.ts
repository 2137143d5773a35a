import { serializationException } from './serialization-exception.ts'

/** Objects and lists may be nested as deeply as this; DynamoDB's deepest document needs 70. */
const deepest = 500

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Parses a request's JSON: an object, not deeper than decoders can go. An empty body is an empty object. */
export function parseJson(body: Uint8Array): Record<string, unknown> {
  if (body.length === 0) return {}
  let text: string
  let value: unknown
  try {
    text = utf8.decode(body)
    boundDepth(text)
    value = JSON.parse(text)
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

/** Only a text that is long enough to be too deep is looked through. */
function boundDepth(text: string): void {
  if (text.length < 2 * deepest) return
  let depth = 0
  let quoted = false
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === 34) quoted = !quoted
    else if (quoted) {
      if (code === 92) index++
    } else if (code === 123 || code === 91) {
      if (++depth > deepest) throw serializationException('The request is nested too deeply')
    } else if (code === 125 || code === 93) depth--
  }
}
