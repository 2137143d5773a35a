import type { Header } from './call.ts'
import { rawHeader } from './request-headers.ts'
import type { MethodResponse } from './stages/map-response.ts'

/** Answers a preflight for the `cors: true` convenience; AWS would need an OPTIONS method for it. */
export function preflight(methods: readonly string[], rawHeaders: readonly string[]): MethodResponse {
  const allowed = methods.includes('ANY') ? anyMethods : [...new Set([...methods, 'OPTIONS'])]
  const wished = rawHeader(rawHeaders, 'access-control-request-headers')
  return {
    status: 200,
    headers: [
      ['Content-Type', 'application/json'],
      ['Access-Control-Allow-Origin', '*'],
      ['Access-Control-Allow-Methods', allowed.join(',')],
      ['Access-Control-Allow-Headers', wished ?? defaultHeaders],
      ['Access-Control-Max-Age', '600'],
    ],
    body: Buffer.alloc(0),
  }
}

const anyMethods = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']
const defaultHeaders = 'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token'

/** Lets any origin read an answer, unless the method says itself who may. */
export function withCors(response: MethodResponse): MethodResponse {
  if (response.headers.some(([name]) => name.toLowerCase() === 'access-control-allow-origin')) return response
  const headers: readonly Header[] = [...response.headers, ['Access-Control-Allow-Origin', '*']]
  return { ...response, headers }
}
