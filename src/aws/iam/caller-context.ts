import type { AccessRequest, Circumstances, Principal } from '../principal.ts'
import { plainAddress } from './policy/addresses.ts'
import { conditionValues, type RequestContext } from './policy/request-context.ts'

/** All of a call that conditions may ask for. */
export interface CallerFacts extends Circumstances {
  readonly principal: Principal
  /** The account that owns what is asked for. */
  readonly resourceAccount: string
  readonly conditions: AccessRequest['conditions']
}

/**
 * The condition keys of a call: the service's own, those that the session brought, and IAM's global ones. Every value is
 * made when a condition asks for it: most statements have none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function callerContext(circumstances: CallerFacts): RequestContext {
  let own: ReadonlyMap<string, readonly string[]> | undefined
  return key => {
    own ??= ownValues(circumstances)
    const known = own.get(key)
    if (known !== undefined) return known
    const value = globalValue(key, circumstances)
    return value === undefined ? undefined : [String(value)]
  }
}

/** The service's keys are stronger than the session's. */
function ownValues({ principal, conditions }: CallerFacts): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly string[]>()
  for (const [key, value] of Object.entries(principal.tags))
    values.set(`aws:principaltag/${key.toLowerCase()}`, [value])
  for (const [key, value] of Object.entries(principal.sessionContext))
    values.set(key.toLowerCase(), conditionValues(value))
  for (const [key, value] of Object.entries(conditions ?? {}))
    values.set(key.toLowerCase(), conditionValues(value))
  return values
}

function globalValue(key: string, circumstances: CallerFacts): string | number | boolean | undefined {
  const { principal, now } = circumstances
  switch (key) {
    case 'aws:currenttime':
      return new Date(now).toISOString().replace(/\.\d+Z$/, 'Z')
    case 'aws:epochtime':
      return Math.floor(now / 1000)
    case 'aws:sourceip':
      return plainAddress(circumstances.sourceIp)
    case 'aws:securetransport':
      return circumstances.secure
    case 'aws:useragent':
      return circumstances.userAgent
    case 'aws:referer':
      return circumstances.referer
    case 'aws:requestedregion':
      return circumstances.region
    case 'aws:resourceaccount':
      return circumstances.resourceAccount
    case 'aws:viaawsservice':
      return false
    case 'aws:principaltype':
      return principalTypes[principal.kind]
    case 'aws:principalisawsservice':
      return principal.kind === 'service'
    case 'aws:principalservicename':
      return principal.kind === 'service' ? principal.arn : undefined
    default:
      return principal.kind === 'service' || principal.kind === 'anonymous'
        ? undefined
        : callerValue(key, principal, now)
  }
}

function callerValue(key: string, principal: Principal, now: number): string | number | boolean | undefined {
  switch (key) {
    case 'aws:principalaccount':
      return principal.account
    case 'aws:principalarn':
      return principal.roleArn ?? principal.arn
    case 'aws:userid':
      return principal.userId
    case 'aws:username':
      return principal.kind === 'user' ? principal.arn.slice(principal.arn.lastIndexOf('/') + 1) : undefined
    case 'aws:multifactorauthpresent':
      // Long-term credentials have no such key; GetSessionToken says in the session whether there was a code, and
      // roles' sessions never know of one.
      return principal.kind === 'assumed-role' || principal.kind === 'federated-user' ? false : undefined
    case 'aws:multifactorauthage':
      return ageOfMfa(principal, now)
    default:
      return undefined
  }
}

/** Seconds since the session began with a code of an MFA device. */
function ageOfMfa({ sessionContext }: Principal, now: number): number | undefined {
  const issued = sessionContext['aws:TokenIssueTime']
  return sessionContext['aws:MultiFactorAuthPresent'] === 'true' && typeof issued === 'string'
    ? Math.floor((now - Date.parse(issued)) / 1000)
    : undefined
}

const principalTypes: Readonly<Record<Principal['kind'], string>> = {
  root: 'Account',
  user: 'User',
  'assumed-role': 'AssumedRole',
  'federated-user': 'FederatedUser',
  service: 'Service',
  anonymous: 'Anonymous',
}
