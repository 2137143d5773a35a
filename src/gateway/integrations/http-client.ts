import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import type { Header } from '../call.ts'
import { GatewayError } from '../gateway-error.ts'

/** One request to a backend. */
export interface BackendRequest {
  readonly method: string
  readonly url: URL
  /** Path and query exactly as they are to be sent; absent: the URL's. */
  readonly path?: string
  readonly headers: readonly Header[]
  readonly body: Buffer | string
  readonly signal: AbortSignal
}

/** What the backend answered, its body whole. */
export interface BackendAnswer {
  readonly status: number
  readonly headers: readonly Header[]
  readonly body: Buffer
}

/** Sends exactly the given headers (plus Host and Content-Length) and follows no redirects. */
export async function callBackend(request: BackendRequest): Promise<BackendAnswer> {
  try {
    return await sendOnce(request)
  } catch (error) {
    if (!(error instanceof StaleConnection)) throw error
    return await sendOnce(request)
  }
}

/** A kept connection that the backend had closed while the request was on its way; a new one may be tried. */
class StaleConnection extends Error {}

function sendOnce(request: BackendRequest): Promise<BackendAnswer> {
  const { url, method, headers, body, signal } = request
  const path = request.path ?? `${url.pathname}${url.search}`
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body
  const has = (name: string): boolean => headers.some(([other]) => other.toLowerCase() === name)
  const sent = headers.flat()
  if (!has('host')) sent.push('Host', url.host)
  const bodiless = bytes.length === 0 && (method === 'GET' || method === 'HEAD' || method === 'OPTIONS')
  if (!bodiless) sent.push('Content-Length', String(bytes.length))
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest
    const outgoing = send(
      url,
      // An array is sent as it is; @types/node knows it only since Node 22.
      { method, path, headers: sent as unknown as Record<string, string>, signal, insecureHTTPParser: false },
      response => collect(response).then(resolve, reject),
    )
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      const stale = outgoing.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
      reject(stale ? new StaleConnection(error.message, { cause: error }) : error)
    })
    outgoing.end(bytes)
  })
}

async function collect(response: IncomingMessage): Promise<BackendAnswer> {
  const chunks: Buffer[] = []
  for await (const chunk of response) chunks.push(chunk as Buffer)
  const headers: Header[] = []
  const raw = response.rawHeaders
  for (let index = 0; index + 1 < raw.length; index += 2)
    headers.push([raw[index] ?? '', raw[index + 1] ?? ''])
  return { status: response.statusCode ?? 502, headers, body: Buffer.concat(chunks) }
}

/** Undoes a backend's Content-Encoding, so that templates see text. */
export function decoded(answer: BackendAnswer): BackendAnswer {
  const encoding = answer.headers
    .find(([name]) => name.toLowerCase() === 'content-encoding')?.[1]
    .toLowerCase()
  const decode = { gzip: gunzipSync, deflate: inflateSync, br: brotliDecompressSync }[encoding ?? '']
  if (decode === undefined || answer.body.length === 0) return answer
  const headers = answer.headers.filter(([name]) => name.toLowerCase() !== 'content-encoding')
  return { status: answer.status, headers, body: decode(answer.body) }
}

/**
 * A backend that cannot be reached is 504 `Network error communicating with endpoint`, an address that is none is 500
 * (tested on AWS by a public project; the 504 is the documented default of INTEGRATION_FAILURE).
 */
export function unreachable(url: string, cause: unknown): GatewayError {
  if (cause instanceof GatewayError) return cause
  const { code, message } = cause as NodeJS.ErrnoException
  if (
    code === 'ENOTFOUND' ||
    code === 'ERR_INVALID_URL' ||
    code === 'EAI_AGAIN' ||
    code === 'ERR_INVALID_PROTOCOL'
  )
    return new GatewayError('API_CONFIGURATION_ERROR', {
      explanation: `${url} is no address that can be reached: ${message}`,
      cause,
    })
  return new GatewayError('INTEGRATION_FAILURE', {
    message: 'Network error communicating with endpoint',
    explanation: `${url} could not be reached: ${message}`,
    cause,
  })
}
