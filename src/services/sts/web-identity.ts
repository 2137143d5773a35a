import { createHash } from 'node:crypto'
import { invalidIdentityToken, tokenExpired } from './errors.ts'

/** What a web identity token says. */
export interface WebIdentity {
  /** `iss` as it stands in the token; absent where the token is opaque. */
  readonly issuer?: string
  /** The name that trust policies and condition keys use: `accounts.google.com`, `cognito-identity.amazonaws.com`. */
  readonly provider: string
  readonly subject: string
  readonly audience: string
  /** `amr` of Cognito's tokens. */
  readonly methods: readonly string[]
}

/** Providers that AWS knows without an OIDC provider in the account. */
export const builtInProviders: ReadonlySet<string> = new Set([
  'cognito-identity.amazonaws.com',
  'accounts.google.com',
  'graph.facebook.com',
  'www.amazon.com',
])

/**
 * Reads a JSON Web Token; its signature is checked by `checkIssuer`. Facebook's and Amazon's tokens are opaque: their subject is derived from the token.
 */
export function readWebIdentity(token: string, providerId: string | undefined, now: number): WebIdentity {
  const parts = token.split('.')
  const claims = parts.length === 3 ? parseClaims(parts[1] ?? '') : undefined
  if (claims === undefined) {
    if (providerId !== undefined && builtInProviders.has(providerId))
      return { provider: providerId, subject: opaqueSubject(token), audience: '', methods: [] }
    throw invalidIdentityToken(
      'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
    )
  }
  const issuer = text(claims['iss'])
  const subject = text(claims['sub'])
  if (issuer === '' || subject === '')
    throw invalidIdentityToken('The ID Token provided has no issuer or no subject')
  const expiry = Number(claims['exp'] ?? 0)
  if (expiry > 0 && now >= expiry * 1000)
    throw tokenExpired(
      `Token expired: current date/time ${Math.floor(now / 1000)} must be before the expiration date/time ${expiry}`,
    )
  return {
    issuer,
    provider: issuer.replace(/^https?:\/\//, '').replace(/\/$/, ''),
    subject,
    audience: text(claims['azp'] ?? [claims['aud']].flat()[0]),
    methods: [claims['amr'] ?? []].flat().map(text),
  }
}

function parseClaims(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    return typeof claims === 'object' && claims !== null && !Array.isArray(claims)
      ? (claims as Readonly<Record<string, unknown>>)
      : undefined
  } catch {
    // Not JSON: the caller says what AWS says to a token that is none.
    return undefined
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function opaqueSubject(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 20)
}
