import type { Caller, Matched } from './call.ts'
import type { GatewayParts } from './gateway.ts'
import type { ApiKey } from './gateway-auth.ts'
import { GatewayError } from './gateway-error.ts'
import { headerValue } from './request-headers.ts'

/**
 * The API key of a request, from `x-api-key` or, where the API says so, from the authorizer's `usageIdentifierKey`:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-key-source.html
 * A method that asks for a key refuses missing, unknown and disabled ones with 403 (recorded).
 */
export function findApiKey(parts: GatewayParts, matched: Matched, caller: Caller): ApiKey | undefined {
  const { api, method } = matched.plan
  const value =
    api.api.apiKeySource === 'AUTHORIZER'
      ? usageIdentifier(caller)
      : headerValue(matched.headers, 'x-api-key')
  const key = value === undefined ? undefined : parts.apiKeys?.find(value)
  if (!method.apiKeyRequired) return key?.enabled === true ? key : undefined
  if (key?.enabled !== true)
    throw new GatewayError('INVALID_API_KEY', {
      explanation: refusal(value, key, parts, api.api.apiKeySource),
    })
  const use = parts.apiKeys?.use?.(key, api.api.id, matched.stage.name) ?? 'ok'
  if (use === 'no-plan')
    throw new GatewayError('INVALID_API_KEY', {
      explanation: `no usage plan lets the API key ${key.id} into the stage ${matched.stage.name} of ${api.api.id}`,
    })
  if (use === 'throttled') throw new GatewayError('THROTTLED')
  if (use === 'quota-exceeded') throw new GatewayError('QUOTA_EXCEEDED')
  return key
}

function usageIdentifier(caller: Caller): string | undefined {
  const value = caller.usageIdentifierKey
  return value === undefined || value === '' ? undefined : value
}

function refusal(
  value: string | undefined,
  key: ApiKey | undefined,
  parts: GatewayParts,
  source: 'HEADER' | 'AUTHORIZER',
): string {
  if (value === undefined)
    return source === 'HEADER'
      ? 'the method asks for an API key and the request has none (header x-api-key)'
      : 'the method asks for an API key and the authorizer answered no usageIdentifierKey'
  if (parts.apiKeys === undefined) return 'the method asks for an API key and none are configured'
  return key === undefined ? 'the API key is not known' : `the API key ${key.id} is disabled`
}
