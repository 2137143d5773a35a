import type { Cors } from '@aws-sdk/client-lambda'
import type { UrlRequest } from './url-event.ts'
import type { UrlReply } from './url-reply.ts'

function allows(cors: Cors, origin: string): boolean {
  return (cors.AllowOrigins ?? []).some(
    pattern => pattern === '*' || pattern.toLowerCase() === origin.toLowerCase(),
  )
}

/** Headers of every answer to a page that may ask; they replace what the function says. https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html#urls-cors */
export function corsHeaders(cors: Cors | undefined, request: UrlRequest): [string, string][] {
  const { origin } = request.headers
  if (cors === undefined || origin === undefined || !allows(cors, origin)) return []
  const any = cors.AllowOrigins?.includes('*') && !cors.AllowCredentials
  const list: [string, string][] = [['access-control-allow-origin', any ? '*' : origin]]
  if (!any) list.push(['vary', 'Origin'])
  if (cors.AllowCredentials) list.push(['access-control-allow-credentials', 'true'])
  if (cors.ExposeHeaders?.length) list.push(['access-control-expose-headers', cors.ExposeHeaders.join(',')])
  return list
}

/** The answer to a preflight, which never reaches the function. */
export function preflightReply(cors: Cors | undefined, request: UrlRequest): UrlReply | undefined {
  const wanted = request.headers['access-control-request-method']
  if (cors === undefined || request.method !== 'OPTIONS' || wanted === undefined) return undefined
  const list = corsHeaders(cors, request)
  if (list.length > 0) {
    if (cors.AllowMethods?.length) list.push(['access-control-allow-methods', cors.AllowMethods.join(',')])
    if (cors.AllowHeaders?.length) list.push(['access-control-allow-headers', cors.AllowHeaders.join(',')])
    if (cors.MaxAge !== undefined) list.push(['access-control-max-age', String(cors.MaxAge)])
  }
  return { status: 200, headers: list, body: new Uint8Array(0) }
}

/** A reply with the configuration's CORS headers instead of its own. */
export function withCors(cors: Cors | undefined, request: UrlRequest, reply: UrlReply): UrlReply {
  const list = corsHeaders(cors, request)
  if (list.length === 0) return reply
  const names = new Set(list.map(([name]) => name))
  return { ...reply, headers: [...reply.headers.filter(([name]) => !names.has(name)), ...list] }
}
