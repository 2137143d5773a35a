import { findApiKey } from '../api-key.ts'
import { authorizeCognito } from '../authorizers/cognito.ts'
import { authorizeIam, enforceResourcePolicy } from '../authorizers/iam.ts'
import { authorizeLambda } from '../authorizers/lambda.ts'
import type { Authorized, Caller, Matched } from '../call.ts'
import { enrich } from '../enrich.ts'
import type { GatewayParts } from '../gateway.ts'
import { requestContext } from '../request-context.ts'

/**
 * Finds out who calls and whether they may: resource policy and authorization type, then the API key, in the order of
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export async function authorize(parts: GatewayParts, matched: Matched): Promise<Authorized> {
  const { method, api } = matched.plan
  let caller: Caller = noCaller
  if (method.authorizationType !== 'NONE' || api.api.policy !== undefined) {
    caller = await callerOf(parts, matched)
    matched.entry.stage('authorize', { type: method.authorizationType, caller })
  }
  if (method.apiKeyRequired || parts.apiKeys !== undefined) {
    const apiKey = findApiKey(parts, matched, caller)
    if (apiKey !== undefined) caller = { ...caller, apiKey }
  }
  const contextValues = once(() => requestContext(matched, caller, parts.account))
  const templateContext = once(() => parts.templates.createContext(contextValues()))
  return enrich(matched, { caller, contextValues, templateContext })
}

const noCaller: Caller = {}

async function callerOf(parts: GatewayParts, matched: Matched): Promise<Caller> {
  switch (matched.plan.method.authorizationType) {
    case 'AWS_IAM':
      return authorizeIam(parts, matched)
    case 'CUSTOM': {
      const caller = await authorizeLambda(parts, matched)
      await enforceResourcePolicy(parts, matched)
      return caller
    }
    case 'COGNITO_USER_POOLS': {
      const caller = await authorizeCognito(parts, matched)
      await enforceResourcePolicy(parts, matched)
      return caller
    }
    case 'NONE':
      await enforceResourcePolicy(parts, matched)
      return noCaller
  }
}

/** Runs `make` at the first call and keeps its result. */
export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
