import type { GatewayAddress } from '../gateway/index.ts'
import { hostName } from './host-check.ts'

/**
 * Takes an API's URL apart, in whichever of its three forms it comes: `{apiId}.execute-api.…/{stage}/{path}`,
 * `/restapis/{apiId}/{stage}/_user_request_/{path}` and `/{stage}/{path}`. Nothing is decoded.
 */
export function parseApiAddress(rawUrl: string, host: string | undefined): GatewayAddress {
  const url = rawUrl.startsWith('/') ? rawUrl : originForm(rawUrl)
  const question = url.indexOf('?')
  const path = question === -1 ? url : url.slice(0, question)
  const fragment = path.indexOf('#')
  const whole = fragment === -1 ? path : path.slice(0, fragment)
  const query = question === -1 || fragment !== -1 ? '' : (url.slice(question + 1).split('#', 1)[0] ?? '')

  const user = /^\/restapis\/([^/]+)\/([^/]+)\/_user_request_(\/.*)?$/.exec(whole)
  if (user !== null) return { apiId: user[1] ?? '', stage: user[2] ?? '', path: user[3] ?? '/', query }

  const named = apiOfHost(host)
  // Leading slashes before the stage do not count (recorded).
  let start = 0
  while (whole[start] === '/') start++
  const end = whole.indexOf('/', start)
  const stage = end === -1 ? whole.slice(start) : whole.slice(start, end)
  const rest = end === -1 ? '/' : whole.slice(end)
  return named === undefined ? { stage, path: rest, query } : { apiId: named, stage, path: rest, query }
}

function apiOfHost(host: string | undefined): string | undefined {
  if (host === undefined || !host.includes('.execute-api.')) return undefined
  const name = hostName(host)
  const dot = name.indexOf('.')
  return name.startsWith('execute-api.', dot + 1) ? name.slice(0, dot) : undefined
}

/** `GET http://host/path`, as clients of proxies write it. */
function originForm(rawUrl: string): string {
  const slash = rawUrl.indexOf('/', rawUrl.indexOf('://') + 3)
  return slash === -1 ? '/' : rawUrl.slice(slash)
}
