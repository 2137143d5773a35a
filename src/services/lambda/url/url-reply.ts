import type { Readable } from 'node:stream'

/** What the caller of a function URL gets. */
export interface UrlReply {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array | Readable
}

export function textReply(status: number, body: string, type = 'application/json'): UrlReply {
  return { status, headers: [['content-type', type]], body: Buffer.from(body) }
}

/** Whoever may not call, or calls what is not there. */
export function deniedReply(body: string): UrlReply {
  const { headers, ...reply } = textReply(403, body)
  return { ...reply, headers: [...headers, ['x-amzn-errortype', 'AccessDeniedException']] }
}

/** AWS answers so whatever went wrong in the function. */
export const badGateway = (): UrlReply => textReply(502, 'Internal Server Error', 'text/plain')

function headerList(headers: unknown, cookies: unknown): [string, string][] {
  const list: [string, string][] = []
  if (typeof headers === 'object' && headers !== null)
    for (const [name, value] of Object.entries(headers)) list.push([name.toLowerCase(), String(value)])
  if (Array.isArray(cookies)) for (const cookie of cookies) list.push(['set-cookie', String(cookie)])
  return list
}

/** Status and headers, from a buffered answer or from the metadata in front of a stream. */
export function headOf(answer: Readonly<Record<string, unknown>>): Omit<UrlReply, 'body'> {
  const { statusCode, headers, cookies } = answer
  const list = headerList(headers, cookies)
  if (!list.some(([name]) => name === 'content-type')) list.push(['content-type', 'application/json'])
  return { status: Number(statusCode ?? 200), headers: list }
}

/** Custom runtimes may answer anything. */
function jsonOf(text: string): unknown {
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/**
 * Reads a function's answer: one with a `statusCode` is taken apart, anything else is the body.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-response-payload
 */
export function urlReply(payload: Uint8Array): UrlReply {
  const text = Buffer.from(payload).toString()
  const answer = jsonOf(text)
  if (answer === undefined) return textReply(200, text, 'application/octet-stream')
  if (typeof answer === 'string') return textReply(200, answer)
  // What is no such answer is written anew, without blanks, as recorded.
  if (typeof answer !== 'object' || answer === null || !('statusCode' in answer))
    return textReply(200, JSON.stringify(answer))
  const { statusCode, body, isBase64Encoded } = answer as Record<string, unknown>
  const status = Number(statusCode)
  if (!Number.isInteger(status) || status < 100 || status > 599) return badGateway()
  const content =
    typeof body === 'string' ? body : body === undefined || body === null ? '' : JSON.stringify(body)
  return {
    ...headOf(answer as Record<string, unknown>),
    body: Buffer.from(content, isBase64Encoded === true ? 'base64' : 'utf8'),
  }
}
