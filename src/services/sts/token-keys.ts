import type { JsonWebKey } from 'node:crypto'

/** A JSON Web Key Set (RFC 7517). */
export interface KeySet {
  readonly keys: readonly JsonWebKey[]
}

/** Finds an issuer's keys; undefined where they cannot be known on this machine. */
export type TokenKeys = (issuer: string) => Promise<KeySet | undefined>

const patience = 2000

/**
 * Knows the configuration's keys, and asks issuers on this machine for theirs, as OpenID Connect Discovery says:
 * https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig. Nothing beyond loopback is asked.
 */
export function createTokenKeys(configured: Readonly<Record<string, KeySet>>): TokenKeys {
  const known = new Map(Object.entries(configured).map(([issuer, keys]) => [nameOf(issuer), keys]))
  return async issuer => known.get(nameOf(issuer)) ?? (isLocal(issuer) ? await discover(issuer) : undefined)
}

/** As STS names an issuer: without scheme and final slash. */
function nameOf(issuer: string): string {
  return issuer.replace(/^https?:\/\//, '').replace(/\/$/, '')
}

function isLocal(text: string): boolean {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return false
  const { hostname } = new URL(text)
  return /^(?:(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname)
}

async function discover(issuer: string): Promise<KeySet | undefined> {
  const found = await readJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`)
  const address = found?.['jwks_uri']
  if (typeof address !== 'string' || !isLocal(address)) return undefined
  const keys = (await readJson(address))?.['keys']
  return Array.isArray(keys) ? { keys: keys as readonly JsonWebKey[] } : undefined
}

async function readJson(url: string): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(patience) })
    const value: unknown = answer.ok ? await answer.json() : undefined
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    // Nobody listens, or it is no JSON: then its keys are not known, which the caller says aloud.
    return undefined
  }
}
