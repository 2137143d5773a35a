import type { Header } from '../call.ts'
import { decodeBase64 } from '../content-handling.ts'
import { GatewayError } from '../gateway-error.ts'
import { isSendable } from '../header-list.ts'

/** What a function behind a Lambda proxy integration answered. */
export interface ProxyAnswer {
  readonly status: number
  readonly headers: readonly Header[]
  readonly body: Buffer
}

const members = new Set(['statusCode', 'headers', 'multiValueHeaders', 'body', 'isBase64Encoded'])

/**
 * Reads the function's answer as strictly as recorded: `{}` and missing members are fine, an unknown member, a
 * status that is no number, header lists that are none and anything that is no object are 502.
 */
export function readProxyAnswer(payload: Uint8Array, binaryAccepted: boolean): ProxyAnswer {
  const answer = parseAnswer(payload)
  const unknown = Object.keys(answer).find(name => !members.has(name))
  if (unknown !== undefined)
    throw malformed(
      unknown === 'errorMessage'
        ? `the function failed: ${String(answer['errorMessage'])}`
        : `it has the member "${unknown}"; allowed are ${[...members].join(', ')}`,
    )
  const headers = readHeaders(answer['headers'], answer['multiValueHeaders'])
  if (!headers.some(([name]) => name.toLowerCase() === 'content-type'))
    headers.unshift(['Content-Type', 'application/json'])
  return {
    status: readStatus(answer['statusCode']),
    headers,
    body: readBody(answer['body'], answer['isBase64Encoded'], binaryAccepted),
  }
}

const malformed = (why: string): GatewayError =>
  new GatewayError('INTEGRATION_FAILURE', {
    status: 502,
    explanation: `Malformed Lambda proxy response: ${why}. It has to look like {"statusCode": 200, "headers": {"name": "value"}, "multiValueHeaders": {"name": ["value"]}, "body": "text", "isBase64Encoded": false}`,
  })

function parseAnswer(payload: Uint8Array): Record<string, unknown> {
  let answer: unknown
  try {
    answer = JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('utf8'))
  } catch {
    throw malformed('it is no JSON')
  }
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer))
    throw malformed(
      `it is ${answer === null ? 'null' : Array.isArray(answer) ? 'an array' : `a ${typeof answer}`}, not an object`,
    )
  return answer as Record<string, unknown>
}

function readStatus(value: unknown): number {
  if (value === undefined || value === null) return 200
  const status = typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : value
  // 100 to 199 announce another answer: a client would wait for it.
  if (typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 999) return status
  throw malformed(`statusCode is ${JSON.stringify(value)}, not a status`)
}

function readBody(value: unknown, base64: unknown, binaryAccepted: boolean): Buffer {
  if (value === undefined || value === null) return Buffer.alloc(0)
  if (typeof value === 'object')
    throw malformed('body is an object; it has to be a string, JSON.stringify it')
  const text = String(value)
  return base64 === true && binaryAccepted ? decodeBase64(text) : Buffer.from(text, 'utf8')
}

/** Both maps joined: the casing and the values of `multiValueHeaders` first (recorded). */
function readHeaders(single: unknown, multi: unknown): Header[] {
  const joined = new Map<string, { readonly name: string; readonly values: string[] }>()
  for (const [name, values] of entriesOf('multiValueHeaders', multi)) {
    if (!Array.isArray(values)) throw malformed(`multiValueHeaders.${name} is no list`)
    joined.set(name.toLowerCase(), { name, values: values.map(value => printed(name, value)) })
  }
  for (const [name, value] of entriesOf('headers', single)) {
    const lower = name.toLowerCase()
    const known = joined.get(lower)
    if (value === null) continue
    if (known === undefined) joined.set(lower, { name, values: [printed(name, value)] })
    else known.values.push(printed(name, value))
  }
  const headers: Header[] = []
  for (const { name, values } of joined.values()) for (const value of values) headers.push([name, value])
  return headers
}

function entriesOf(member: string, value: unknown): [string, unknown][] {
  if (value === undefined || value === null) return []
  if (typeof value !== 'object' || Array.isArray(value)) throw malformed(`${member} is no object`)
  return Object.entries(value)
}

function printed(name: string, value: unknown): string {
  if (typeof value === 'object' && value !== null) throw malformed(`the header ${name} is an object`)
  const text = String(value)
  if (!isSendable(name, text)) throw malformed(`the header ${name} has characters that HTTP does not allow`)
  return text
}
