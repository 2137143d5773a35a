import { Readable } from 'node:stream'
import type { WireRequest } from '../../../aws/index.ts'
import { bodyLength } from '../objects/body-length.ts'

/** A request as the engine gets it, not yet signed. */
export interface EngineRequest {
  readonly method: string
  /** Path and query, encoded as S3's canonical requests have them. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | Readable
}

/** Headers that belong to the client's connection or to its signature. */
const own: ReadonlySet<string> = new Set(
  `authorization connection content-length cookie date expect host keep-alive proxy-authorization proxy-connection te
   trailer transfer-encoding upgrade x-amz-date x-amz-decoded-content-length x-amz-security-token x-amz-trailer
   x-lambdarium-cause`.split(/\s+/),
)

/** Query parameters of a pre-signed URL's signature, of version 4 and 2. */
const signature: ReadonlySet<string> = new Set(
  `x-amz-algorithm x-amz-credential x-amz-date x-amz-expires x-amz-signature x-amz-signedheaders
   x-amz-security-token x-amz-content-sha256 awsaccesskeyid signature expires`.split(/\s+/),
)

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** The path with every character escaped as a signature wants it, however the client escaped it. */
function normalised(path: string): string {
  return path
    .split('/')
    .map(segment => {
      try {
        return encoded(decodeURIComponent(segment)).replaceAll('%2F', '/')
      } catch (error) {
        // What is no UTF-8 stays as it came; the engine says what it thinks of it.
        if (error instanceof URIError) return segment
        throw error
      }
    })
    .join('/')
}

/** `aws-chunked` framed the way to us; it is no encoding of the content. */
function contentEncoding(value: string): string | undefined {
  const rest = value
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '' && part !== 'aws-chunked')
  return rest.length === 0 ? undefined : rest.join(', ')
}

/** Turns a client's request into the engine's: all of its headers and its query but for what signed and framed it. */
export function engineRequest(wire: WireRequest & Pick<EngineRequest, 'body'>): EngineRequest {
  const query = wire.query
    // What a pre-signed URL says instead of headers is a header here already.
    .filter(([name]) => !signature.has(name.toLowerCase()) && !/^x-amz-/i.test(name))
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .join('&')
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(wire.headers)) {
    if (own.has(name) || name === 'x-amz-content-sha256') continue
    const kept = name === 'content-encoding' ? contentEncoding(value) : value
    if (kept !== undefined) headers[name] = kept
  }
  const declared = wire.headers['x-amz-content-sha256'] ?? ''
  const streamed = wire.body instanceof Readable
  headers['x-amz-content-sha256'] =
    streamed && /^[0-9a-f]{64}$/i.test(declared) ? declared : 'UNSIGNED-PAYLOAD'
  if (wire.body instanceof Uint8Array) delete headers['x-amz-content-sha256']
  const length = streamed ? bodyLength(wire.headers) : String((wire.body as Uint8Array).length)
  if (length !== undefined && !(length === '0' && /^(?:GET|HEAD)$/.test(wire.method)))
    headers['content-length'] = length
  return {
    method: wire.method,
    path: query === '' ? normalised(wire.path) : `${normalised(wire.path)}?${query}`,
    headers,
    body: wire.body,
  }
}
