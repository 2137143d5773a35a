import type { PlainValue } from '../../vtl/index.ts'
import type { Caller, Matched } from '../call.ts'
import type { GatewayParts } from '../gateway.ts'
import type { TokenClaims } from '../gateway-auth.ts'
import { GatewayError } from '../gateway-error.ts'
import { identityValues } from './identity-sources.ts'

/**
 * Verifies a user pool's token. Without scopes the method takes an identity token, with scopes an access token that
 * has one of them: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-enable-cognito-user-pool.html
 */
export async function authorizeCognito(parts: GatewayParts, matched: Matched): Promise<Caller> {
  const { authorizer, authorizationScopes } = matched.plan.method
  if (authorizer === undefined || parts.verifyToken === undefined)
    throw new GatewayError('AUTHORIZER_CONFIGURATION_ERROR', {
      explanation: 'the method needs a Cognito user pool and none is served here',
    })
  const token = (identityValues(parts, matched, authorizer)[0] ?? '').replace(/^Bearer\s+/i, '')
  const claims = await parts.verifyToken(token, authorizer.providerArns)
  if (claims === undefined)
    throw new GatewayError('UNAUTHORIZED', {
      explanation: 'the token is not valid for the authorizer’s user pools',
    })
  requireScope(claims, authorizationScopes)
  return { authorizer: { claims: claimTexts(claims) } }
}

function requireScope(claims: TokenClaims, scopes: readonly string[]): void {
  if (scopes.length === 0) {
    if (claims['token_use'] === 'access')
      throw new GatewayError('UNAUTHORIZED', {
        explanation: 'without scopes the method takes an identity token; this is an access token',
      })
    return
  }
  const granted = String(claims['scope'] ?? '').split(' ')
  if (!scopes.some(scope => granted.includes(scope)))
    throw new GatewayError('UNAUTHORIZED', {
      explanation: `the token has none of the scopes ${scopes.join(', ')}`,
    })
}

const dates = new Set(['exp', 'iat'])

/** Claims are strings in events; times are printed as Java prints a date (`Tue Nov 14 22:13:20 UTC 2023`). */
function claimTexts(claims: TokenClaims): Record<string, PlainValue> {
  const texts: Record<string, PlainValue> = {}
  for (const [name, value] of Object.entries(claims)) {
    if (dates.has(name) && typeof value === 'number') texts[name] = javaDate(value * 1000)
    else if (Array.isArray(value)) texts[name] = value.join(',')
    else texts[name] = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
  }
  return texts
}

function javaDate(milliseconds: number): string {
  const [weekday, day, month, year, time] = new Date(milliseconds).toUTCString().replace(',', '').split(' ')
  return `${weekday} ${month} ${day} ${time} UTC ${year}`
}
