import type { InvocationResult } from '../../ports/index.ts'
import type { Authorizer } from '../../project/index.ts'
import type { Caller, Matched } from '../call.ts'
import type { GatewayParts } from '../gateway.ts'
import { GatewayError } from '../gateway-error.ts'
import { gatewayService } from '../gateway-service.ts'
import { methodArn } from '../method-arn.ts'
import type { AuthorizerVerdict } from './cache.ts'
import { evaluateVerdict } from './evaluate.ts'
import { identityValues } from './identity-sources.ts'
import { requestAuthorizerEvent } from './request-event.ts'

/**
 * Asks a TOKEN or REQUEST authorizer, or remembers what it said:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 */
export async function authorizeLambda(parts: GatewayParts, matched: Matched): Promise<Caller> {
  const { authorizer } = matched.plan.method
  if (authorizer === undefined)
    throw new GatewayError('AUTHORIZER_CONFIGURATION_ERROR', {
      explanation: 'the method names no authorizer',
    })
  const identity = identityValues(parts, matched, authorizer)
  const started = parts.clock.elapsed()
  const key =
    authorizer.resultTtl > 0 && identity.length > 0
      ? JSON.stringify([matched.plan.api.api.id, matched.stage.name, authorizer.name, identity])
      : undefined
  let verdict = key === undefined ? undefined : parts.authorizerCache.get(key)
  const cached = verdict !== undefined
  if (verdict === undefined) {
    verdict = await ask(parts, matched, authorizer, identity)
    if (key !== undefined) parts.authorizerCache.set(key, verdict, authorizer.resultTtl)
  }
  matched.entry.stage('authorizer', { name: authorizer.name, cached, verdict })
  evaluateVerdict(parts, matched, verdict)
  const integrationLatency = cached ? 0 : Math.round(parts.clock.elapsed() - started)
  return {
    authorizer: { ...verdict.context, principalId: verdict.principalId, integrationLatency },
    ...(verdict.usageIdentifierKey !== undefined && { usageIdentifierKey: verdict.usageIdentifierKey }),
  }
}

async function ask(
  parts: GatewayParts,
  matched: Matched,
  authorizer: Authorizer,
  identity: readonly string[],
): Promise<AuthorizerVerdict> {
  const event =
    authorizer.type === 'TOKEN'
      ? { type: 'TOKEN', methodArn: methodArn(parts, matched), authorizationToken: identity[0] ?? '' }
      : requestAuthorizerEvent(parts, matched)
  const result = await invoke(parts, matched, authorizer, event)
  const answer = parse(result)
  if (result.functionError !== undefined) {
    // An authorizer says 401 by failing with exactly this text.
    if (errorMessage(answer) === 'Unauthorized') throw new GatewayError('UNAUTHORIZED')
    throw new GatewayError('AUTHORIZER_FAILURE', {
      explanation: `the authorizer ${authorizer.name} failed: ${errorMessage(answer) ?? 'no message'}`,
    })
  }
  return readVerdict(authorizer, answer)
}

async function invoke(
  parts: GatewayParts,
  matched: Matched,
  authorizer: Authorizer,
  event: unknown,
): Promise<InvocationResult> {
  const functionName = authorizer.functionName?.(matched.stageVariables) ?? ''
  const qualifier = authorizer.qualifier?.(matched.stageVariables)
  try {
    return await parts.functions.invoke({
      functionName,
      ...(qualifier !== undefined && { qualifier }),
      invocationType: 'RequestResponse',
      payload: Buffer.from(JSON.stringify(event)),
      ...(authorizer.credentials === undefined && {
        onBehalfOf: gatewayService(parts, matched, `authorizers/${authorizer.name}`),
      }),
      traceId: matched.trace.full,
      cause: matched.entry.id,
    })
  } catch (cause) {
    throw new GatewayError('AUTHORIZER_CONFIGURATION_ERROR', {
      explanation: `the authorizer ${authorizer.name} could not be called: ${String(cause)}`,
      cause,
    })
  }
}

function parse(result: InvocationResult): unknown {
  try {
    return JSON.parse(Buffer.from(result.payload).toString('utf8'))
  } catch {
    return undefined
  }
}

function errorMessage(answer: unknown): string | undefined {
  const message = (answer as { errorMessage?: unknown } | null | undefined)?.errorMessage
  return typeof message === 'string' ? message : undefined
}

/** Output format: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html */
function readVerdict(authorizer: Authorizer, answer: unknown): AuthorizerVerdict {
  const wrong = (what: string): GatewayError =>
    new GatewayError('AUTHORIZER_CONFIGURATION_ERROR', {
      explanation: `the answer of the authorizer ${authorizer.name} is not usable: ${what}`,
    })
  if (typeof answer !== 'object' || answer === null) throw wrong('it is no object')
  const { principalId, policyDocument, context, usageIdentifierKey } = answer as Record<string, unknown>
  if (typeof principalId !== 'string') throw wrong('principalId is no string')
  if (typeof policyDocument !== 'object' || policyDocument === null)
    throw wrong('policyDocument is no object')
  return {
    principalId,
    policy: policyDocument,
    context: readContext(context, wrong),
    usageIdentifierKey: typeof usageIdentifierKey === 'string' ? usageIdentifierKey : undefined,
  }
}

/** Strings, numbers and booleans only, all of which arrive as strings; anything else makes the answer invalid. */
function readContext(context: unknown, wrong: (what: string) => GatewayError): Record<string, string> {
  if (context === undefined || context === null) return {}
  if (typeof context !== 'object' || Array.isArray(context)) throw wrong('context is no object')
  const read: Record<string, string> = {}
  for (const [name, value] of Object.entries(context)) {
    if (value === null || value === undefined) continue
    if (typeof value === 'object')
      throw wrong(`context.${name} is an object; only strings, numbers and booleans pass`)
    read[name] = String(value)
  }
  return read
}
