import type { IntegrationAnswer, Mapped } from '../call.ts'
import { GatewayError } from '../gateway-error.ts'

/**
 * Answers with the `statusCode` of the rendered request template, which is all that a MOCK looks at:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-mock-integration.html
 */
export function answerMock(call: Mapped): IntegrationAnswer {
  const { body } = call.integrationRequest
  const status = readStatusCode(typeof body === 'string' ? body : body.toString('utf8'))
  if (status === undefined)
    throw new GatewayError('API_CONFIGURATION_ERROR', {
      explanation: `the MOCK's request has no integer statusCode: ${body.toString().slice(0, 200)}`,
    })
  return { status, headers: [], body: Buffer.alloc(0), selection: String(status) }
}

/** The integer `statusCode` of a JSON object, or of what the service's lenient reader takes for one. */
export function readStatusCode(text: string): number | undefined {
  let status: unknown
  try {
    status = (JSON.parse(text) as { statusCode?: unknown } | null)?.statusCode
  } catch {
    return readLeniently(text)
  }
  return typeof status === 'number' && Number.isInteger(status) ? status : undefined
}

/**
 * The service reads more than JSON (asserted in tests that were validated on AWS): names and texts without quotes or
 * in single ones, empty and trailing members. Quotes have to be closed by their own kind, braces have to match up.
 */
function readLeniently(text: string): number | undefined {
  const inner = /^\s*\{(.+)\}\s*$/s.exec(text)?.[1]
  if (inner === undefined) return undefined
  let status: number | undefined
  for (const pair of inner.split(',').map(part => part.trim())) {
    if (pair === '') continue
    const colon = pair.indexOf(':')
    if (colon === -1) return undefined
    const key = pair.slice(0, colon).trim()
    const value = pair.slice(colon + 1).trim()
    if (/^["']?statusCode["']?$/.test(key) && key[0] === (/["']/.test(key[0] ?? '') ? key.at(-1) : 's')) {
      if (!/^-?\d+$/.test(value)) return undefined
      status = Number(value)
    } else if (!isLenientKey(key) || !isLenientValue(value)) return undefined
  }
  return status
}

function isLenientKey(key: string): boolean {
  const first = key[0] ?? ''
  if (first === '[' || first === '{') return false
  return first !== '"' && first !== "'" ? true : key.length >= 2 && key.endsWith(first)
}

function isLenientValue(value: string): boolean {
  const first = value[0] ?? ''
  const closing = { '[': ']', '{': '}', "'": "'", '"': '"' }[first]
  return closing === undefined || (value.length >= 2 && value.endsWith(closing))
}
