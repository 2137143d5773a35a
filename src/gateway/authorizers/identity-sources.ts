import type { Authorizer } from '../../project/index.ts'
import type { Matched } from '../call.ts'
import type { GatewayParts } from '../gateway.ts'
import { GatewayError } from '../gateway-error.ts'
import { compileSource } from '../parameters.ts'
import { arrivalContext } from '../request-context.ts'

/**
 * The values of an authorizer's identity sources, the key of its cache. A missing one is 401 without a call, as is a
 * token that the validation expression does not match.
 */
export function identityValues(
  parts: GatewayParts,
  matched: Matched,
  authorizer: Authorizer,
): readonly string[] {
  const sources =
    authorizer.identitySources.length > 0 || authorizer.type === 'REQUEST'
      ? authorizer.identitySources
      : ['method.request.header.Authorization']
  const values = sources.map(source => {
    const value = compileSource(
      undefined,
      source.trim(),
      'method.request.',
    )({
      headers: matched.headers,
      pathParameters: matched.pathParameters,
      query: matched.query,
      body: () => '',
      render: () => '',
      context: () => arrivalContext(matched, parts.account),
      stageVariables: matched.stageVariables,
    })
    if (typeof value === 'string' && value !== '') return value
    throw new GatewayError('UNAUTHORIZED', {
      explanation: `the identity source ${source} is missing or empty`,
    })
  })
  const expression = authorizer.identityValidationExpression
  if (authorizer.type !== 'REQUEST' && expression !== undefined && expression !== '') {
    const whole = new RegExp(`^(?:${expression})$`)
    if (!whole.test(values[0] ?? ''))
      throw new GatewayError('UNAUTHORIZED', { explanation: `the token does not match ${expression}` })
  }
  return values
}
