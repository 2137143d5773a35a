import type { InvokingService } from '../ports/index.ts'
import type { Matched } from './call.ts'
import type { GatewayParts } from './gateway.ts'

/**
 * The gateway as functions' policies know it; `resource` is `stage/METHOD/resource/{path}` or `authorizers/id`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
 */
export function gatewayService(parts: GatewayParts, { plan }: Matched, resource: string): InvokingService {
  return {
    principal: 'apigateway.amazonaws.com',
    sourceArn: `arn:aws:execute-api:${parts.region}:${parts.account}:${plan.api.api.id}/${resource}`,
    sourceAccount: parts.account,
  }
}
