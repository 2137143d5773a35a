import { accessOf } from '../authorizers/iam.ts'
import type { Mapped } from '../call.ts'
import type { GatewayParts } from '../gateway.ts'
import { GatewayError } from '../gateway-error.ts'

/** `credentials` of an integration that is called as whoever called the method. */
export const callersOwn = 'arn:aws:iam::*:user/*'

/**
 * With passed-through credentials the function is invoked by the caller, who needs lambda:InvokeFunction; refused, the
 * gateway answers 500 and tells the caller nothing.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
 */
export async function requireInvokePermission(
  parts: GatewayParts,
  call: Mapped,
  functionName: string,
): Promise<void> {
  const { principal } = call.caller
  if (principal === undefined || parts.auth === undefined) return
  const resource = `arn:aws:lambda:${parts.region}:${parts.account}:function:${functionName}`
  const action = 'lambda:InvokeFunction'
  const decision = await parts.auth.authorize(principal, {
    ...accessOf(parts, call),
    action,
    resources: [resource],
  })
  if (decision !== 'allow')
    throw new GatewayError('API_CONFIGURATION_ERROR', {
      explanation: `Invalid permissions on Lambda function: the integration passes the caller's credentials on, and ${principal.arn} may not ${action} on ${resource}.`,
    })
}
