import { anonymousPrincipal } from '../../aws/index.ts'
import type { Caller, Matched } from '../call.ts'
import type { GatewayParts } from '../gateway.ts'
import type { AccessDecision, GatewayAccess, GatewayAuth } from '../gateway-auth.ts'
import { GatewayError } from '../gateway-error.ts'
import { maskedArn, methodArn } from '../method-arn.ts'
import { headerValue } from '../request-headers.ts'

/** Verifies the signature of an AWS_IAM method's request and asks the policies. */
export async function authorizeIam(parts: GatewayParts, matched: Matched): Promise<Caller> {
  const auth = requireAuth(parts)
  const { request } = matched
  const result = await auth.authenticate({
    method: request.method,
    rawUrl: request.rawUrl,
    rawHeaders: request.rawHeaders,
    body: request.body,
    sourceIp: request.sourceIp,
    secure: request.secure,
    service: 'execute-api',
    now: matched.time,
    requestId: matched.requestId,
  })
  if ('failure' in result) {
    matched.entry.stage('signature', { failure: result.errorType, evidence: result.evidence })
    throw new GatewayError(result.failure, { message: result.message, errorType: result.errorType })
  }
  const access = accessOf(parts, matched)
  const { policy } = matched.plan.api.api
  const decision = await auth.authorize(
    result.principal,
    policy === undefined ? access : { ...access, resourcePolicy: policy },
  )
  if (decision !== 'allow') throw denied(result.principal.arn, access.resources[0] ?? '', decision)
  return { principal: result.principal, ...(result.cognito !== undefined && { cognito: result.cognito }) }
}

/** Asks the API's resource policy about a caller without a signature. */
export async function enforceResourcePolicy(parts: GatewayParts, matched: Matched): Promise<void> {
  const { policy } = matched.plan.api.api
  if (policy === undefined) return
  const access = accessOf(parts, matched)
  const decision = requireAuth(parts).evaluate(policy, anonymousPrincipal(parts.account), access)
  if (decision !== 'allow') throw denied('anonymous', access.resources[0] ?? '', decision)
}

/** The permission that calling this method needs. */
export function accessOf(parts: GatewayParts, matched: Matched): GatewayAccess {
  return {
    action: 'execute-api:Invoke',
    resources: [methodArn(parts, matched)],
    account: parts.account,
    region: parts.region,
    sourceIp: matched.request.sourceIp,
    secure: matched.request.secure,
    userAgent: headerValue(matched.headers, 'user-agent'),
    referer: headerValue(matched.headers, 'referer'),
    now: matched.time,
  }
}

function requireAuth(parts: GatewayParts): GatewayAuth {
  if (parts.auth !== undefined) return parts.auth
  throw new GatewayError('ACCESS_DENIED', {
    explanation: 'the method needs signatures or policies and this gateway was made without `auth`',
  })
}

/** The wording is AWS's: https://repost.aws/knowledge-center/api-gateway-authorization-errors */
function denied(caller: string, arn: string, decision: AccessDecision): GatewayError {
  const end = decision === 'explicit-deny' ? ' with an explicit deny' : ''
  return new GatewayError('ACCESS_DENIED', {
    message: `User: ${caller} is not authorized to perform: execute-api:Invoke on resource: ${maskedArn(arn)}${end}`,
  })
}
