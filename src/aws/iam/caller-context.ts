import type { AccessRequest, Principal } from '../principal.ts'
import { plainAddress } from './policy/addresses.ts'
import { conditionValues, type RequestContext } from './policy/request-context.ts'

/** The circumstances of a call. */
export interface Circumstances {
  readonly principal: Principal
  readonly region: string
  readonly sourceIp: string
  readonly secure: boolean
  readonly userAgent: string | undefined
  /** Milliseconds since 1970. */
  readonly now: number
  /** The account that owns what is asked for. */
  readonly resourceAccount: string
  readonly conditions: AccessRequest['conditions']
}

/**
 * IAM's global condition keys, then those that the session brought, then the service's own. Built when a condition
 * first asks: most statements have none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function callerContext(circumstances: Circumstances): RequestContext {
  let known: Map<string, readonly string[]> | undefined
  return key => {
    known ??= contextValues(circumstances)
    return known.get(key)
  }
}

function contextValues(circumstances: Circumstances): Map<string, readonly string[]> {
  const { principal, now } = circumstances
  const values = new Map<string, readonly string[]>()
  const add = (key: string, value: string | number | boolean | readonly string[] | undefined) => {
    if (value !== undefined) values.set(key.toLowerCase(), conditionValues(value))
  }
  add('aws:CurrentTime', new Date(now).toISOString().replace(/\.\d+Z$/, 'Z'))
  add('aws:EpochTime', Math.floor(now / 1000))
  add('aws:SourceIp', plainAddress(circumstances.sourceIp))
  add('aws:SecureTransport', circumstances.secure)
  add('aws:UserAgent', circumstances.userAgent)
  add('aws:RequestedRegion', circumstances.region)
  add('aws:ResourceAccount', circumstances.resourceAccount)
  add('aws:ViaAWSService', false)
  add('aws:PrincipalType', principalTypes[principal.kind])
  add('aws:PrincipalIsAWSService', principal.kind === 'service')
  if (principal.kind === 'service') add('aws:PrincipalServiceName', principal.arn)
  else if (principal.kind !== 'anonymous') addCaller(add, principal)
  for (const [key, value] of Object.entries(principal.sessionContext)) add(key, value)
  for (const [key, value] of Object.entries(circumstances.conditions ?? {})) add(key, value)
  return values
}

function addCaller(
  add: (key: string, value: string | boolean | undefined) => void,
  principal: Principal,
): void {
  add('aws:PrincipalAccount', principal.account)
  add('aws:PrincipalArn', principal.roleArn ?? principal.arn)
  add('aws:userid', principal.userId)
  if (principal.kind === 'user') add('aws:username', principal.arn.slice(principal.arn.lastIndexOf('/') + 1))
  // Long-term credentials have no such key; temporary ones say false unless MFA was used.
  if (principal.kind === 'assumed-role' || principal.kind === 'federated-user')
    add('aws:MultiFactorAuthPresent', false)
  for (const [key, value] of Object.entries(principal.tags)) add(`aws:PrincipalTag/${key}`, value)
}

const principalTypes: Readonly<Record<Principal['kind'], string>> = {
  root: 'Account',
  user: 'User',
  'assumed-role': 'AssumedRole',
  'federated-user': 'FederatedUser',
  service: 'Service',
  anonymous: 'Anonymous',
}
