import { isIP } from 'node:net'
import { hostName } from './host-check.ts'

type Headers = Readonly<Record<string, string>>

/**
 * Says which web pages may use the AWS door: those that this machine serves, those without an origin of their own
 * (`null`: files, sandboxed frames), and what the project allows (`https://app.example.test`, `*` for all).
 */
export function createOriginCheck(origins: readonly string[]): (origin: string) => boolean {
  const allowed = new Set(origins.map(origin => origin.toLowerCase().replace(/\/$/, '')))
  return origin => {
    if (origin === 'null' || allowed.has('*') || allowed.has(origin.toLowerCase())) return true
    const host = /^https?:\/\/([^/]+)$/i.exec(origin)?.[1]
    if (host === undefined) return false
    const name = hostName(host)
    return (
      name === 'localhost' ||
      name.endsWith('.localhost') ||
      (isIP(name) !== 0 && /^(?:127\.|::1$)/.test(name))
    )
  }
}

/** What answers a browser's question whether a page may send a request: everything that it asks for. */
export function preflightHeaders(origin: string, headers: Headers): [string, string][] {
  const asked = headers['access-control-request-headers']
  const answer: [string, string][] = [
    ['Access-Control-Allow-Origin', origin],
    ['Access-Control-Allow-Methods', 'GET,HEAD,PUT,POST,DELETE,PATCH,OPTIONS'],
    ['Access-Control-Max-Age', '86400'],
    ['Vary', 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers'],
  ]
  if (asked !== undefined) answer.push(['Access-Control-Allow-Headers', asked.replace(/[^\w ,-]/g, '')])
  if (headers['access-control-request-private-network'] === 'true')
    answer.push(['Access-Control-Allow-Private-Network', 'true'])
  return answer
}

/** Lets a page read an answer with all of its headers: SDKs look at ids, checksums, metadata and errors there. */
export function exposeHeaders(origin: string, names: readonly string[]): [string, string][] {
  return [
    ['Access-Control-Allow-Origin', origin],
    ['Access-Control-Expose-Headers', [...new Set(names)].join(',')],
    ['Vary', 'Origin'],
  ]
}
