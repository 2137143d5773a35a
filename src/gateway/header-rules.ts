import type { Integration } from '../project/index.ts'
import type { Header } from './call.ts'

/** What happens to headers on their way to and from integrations; recorded unless said otherwise. */

/** A mapping that sets one of these is a configuration error: 500. */
const illegal = new Set([
  'content-length',
  'transfer-encoding',
  'x-amzn-trace-id',
  'x-amzn-apigateway-api-id',
])
const illegalForAws = new Set([
  ...illegal,
  'authorization',
  'connection',
  'expect',
  'proxy-authenticate',
  'te',
])

/** Says whether an integration request may carry a mapped header. */
export function isIllegalMapping(type: Integration['type'], lower: string): boolean {
  return (type === 'AWS' || type === 'AWS_PROXY' ? illegalForAws : illegal).has(lower)
}

/** Mapped and still dropped on the way to HTTP endpoints; Trailer only because Node's client cannot send it here. */
export const droppedToHttp: ReadonlySet<string> = new Set([
  'connection',
  'expect',
  'proxy-authenticate',
  'te',
  'trailer',
  'via',
])

/** Not passed on by HTTP_PROXY unless mapped. */
export const notProxied: ReadonlySet<string> = new Set(['host', 'content-encoding', 'via'])

/** Become `x-amzn-Remapped-{name}` in answers. */
const remapped = new Set([
  'authorization',
  'connection',
  'content-length',
  'content-md5',
  'date',
  'expect',
  'host',
  'max-forwards',
  'proxy-authenticate',
  'server',
  'trailer',
  'upgrade',
  'user-agent',
  'www-authenticate',
])

/** A backend behind AWS has these itself; HTTP_PROXY keeps the gateway's and renames the backend's. */
const remappedFromProxy = new Set(['x-amzn-requestid', 'x-amz-apigw-id', 'x-amzn-errortype'])

/** Belong to one connection and never pass a proxy (RFC 9110, 7.6.1). */
const hopByHop = new Set(['transfer-encoding', 'keep-alive', 'proxy-connection'])

/** Renames and drops what an answer may not carry under its own name. */
export function remapHeaders(type: Integration['type'], headers: readonly Header[]): Header[] {
  const result: Header[] = []
  for (const header of headers) {
    const lower = header[0].toLowerCase()
    if (hopByHop.has(lower)) continue
    if (remapped.has(lower) || (type === 'HTTP_PROXY' && remappedFromProxy.has(lower)))
      result.push([`x-amzn-Remapped-${header[0]}`, header[1]])
    else result.push(header)
  }
  return result
}
