import { promisify } from 'node:util'
import { deflate, gzip } from 'node:zlib'
import type { Header } from './call.ts'
import type { MethodResponse } from './stages/map-response.ts'

const compressors = { gzip: promisify(gzip), deflate: promisify(deflate) }

/**
 * Compresses an answer of at least `minimum` bytes for a client that takes it, unless it is compressed already:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-enable-compression.html
 */
export async function compress(
  response: MethodResponse,
  minimum: number | undefined,
  acceptEncoding: string | undefined,
): Promise<MethodResponse> {
  if (minimum === undefined || response.body.length < minimum || acceptEncoding === undefined) return response
  if (response.headers.some(([name]) => name.toLowerCase() === 'content-encoding')) return response
  const encoding = chooseEncoding(acceptEncoding)
  if (encoding === undefined) return response
  const headers: readonly Header[] = [...response.headers, ['Content-Encoding', encoding]]
  return { status: response.status, headers, body: await compressors[encoding](response.body) }
}

function chooseEncoding(accept: string): 'gzip' | 'deflate' | undefined {
  const refused = new Set<string>()
  const wished: string[] = []
  for (const item of accept.toLowerCase().split(',')) {
    const [name = '', ...parameters] = item.split(';').map(part => part.trim())
    if (parameters.some(parameter => /^q=0(\.0*)?$/.test(parameter))) refused.add(name)
    else wished.push(name)
  }
  for (const name of wished) {
    if (name === 'gzip' || name === 'deflate') return name
    if (name === '*' && !refused.has('gzip')) return 'gzip'
  }
  return undefined
}
