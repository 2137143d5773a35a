import { isIP } from 'node:net'

/** Names that only this machine (or its container runtime) can give to itself. */
const ownNames = new Set(['localhost', 'host.docker.internal', 'gateway.docker.internal'])

/**
 * Names that a client keeps when only the target of its connection is changed, as `curl --resolve` or a proxy does. AWS
 * alone says what they resolve to, so no page can point one here.
 */
const awsNames = /\.amazonaws\.com(?:\.cn)?$/

/**
 * Says which `Host` headers are this server's, so that a web page cannot reach it by making its own domain resolve
 * to 127.0.0.1 (DNS rebinding). Addresses are always fine: rebinding needs a name. `*.example.test` in `hosts`
 * allows every name below `example.test`.
 */
export function createHostCheck(hosts: readonly string[]): (host: string | undefined) => boolean {
  const exact = new Set(hosts.filter(host => !host.startsWith('*.')).map(host => host.toLowerCase()))
  const suffixes = hosts.filter(host => host.startsWith('*.')).map(host => host.slice(1).toLowerCase())
  const check = (host: string): boolean => {
    const name = hostName(host)
    if (
      ownNames.has(name) ||
      name.endsWith('.localhost') ||
      awsNames.test(name) ||
      isIP(name) !== 0 ||
      exact.has(name)
    )
      return true
    return suffixes.some(suffix => name.endsWith(suffix))
  }
  let lastAllowed = ''
  return host => {
    // Browsers always send Host; HTTP/1.0 clients may not.
    if (host === undefined || host === lastAllowed) return true
    if (!check(host)) return false
    lastAllowed = host
    return true
  }
}

/** The name in a `Host` header, without port and brackets, in lower case. */
export function hostName(host: string): string {
  if (host.startsWith('[')) return host.slice(1, host.indexOf(']')).toLowerCase()
  const colon = host.lastIndexOf(':')
  return (colon === -1 ? host : host.slice(0, colon)).toLowerCase()
}
