import { AwsError } from '../aws-error.ts'
import type { ProtocolName } from '../door-contract.ts'
import type { Principal } from '../principal.ts'
import { encodeAuthorizationMessage } from './authorization-message.ts'
import type { Decision } from './policy/decide.ts'

/** A refused permission, with all that its message names. */
export interface Denial {
  readonly decision: Decision
  readonly principal: Principal
  readonly action: string
  /** An ARN, or `*`. */
  readonly resource: string
  readonly service: string
  readonly protocol: ProtocolName
  readonly account: string
  readonly region: string
}

/** What would let the call pass: kept as the error's `cause` and printed by `auth: 'warn'`. */
export interface DenialEvidence {
  readonly reason: string
  /** The statement that would allow it, where one is missing. */
  readonly statement?: {
    readonly Effect: 'Allow'
    readonly Action: string
    readonly Resource: string
  }
  /** The statement that forbids it. */
  readonly deniedBy?: string
  /** For `aws sts decode-authorization-message`. */
  readonly encodedMessage: string
}

/**
 * AWS's words for a refusal: who, what, on which resource, and which kind of policy is at fault.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function denialMessage(denial: Denial): string {
  const { principal, action, service } = denial
  const who = principal.kind === 'anonymous' ? 'anonymous' : principal.arn
  const start = `User: ${who} is not authorized to perform: ${action}`
  const resource = resourceText(denial)
  const on = resource === undefined ? '' : ` on resource: ${service === 's3' ? `"${resource}"` : resource}`
  // STS tells nobody why a role may not be assumed.
  const why = action === 'sts:AssumeRole' ? '' : ` ${reason(denial.decision, action)}`
  return `${start}${on}${why}`
}

/**
 * How the services name what was asked for. Without a resource S3 and Secrets Manager name nothing and Lambda names `*`
 * (https://github.com/Kralizek/AWSSecretsManagerConfigurationExtensions/issues/78,
 * https://github.com/RhinoSecurityLabs/cloudgoat/issues/384); of IAM and STS the same is assumed. The others name all
 * that the account has of them.
 */
function resourceText({ resource, action, region, account }: Denial): string | undefined {
  const [vendor = '', name = ''] = action.split(':')
  if (resource !== '*') return vendor === 'iam' ? entityText(resource, name) : resource
  if (vendor === 's3' || vendor === 'secretsmanager' || vendor === 'sts') return undefined
  return vendor === 'lambda' || vendor === 'iam' ? '*' : `arn:aws:${vendor}:${region}:${account}:*`
}

const byArn = /^(?:PassRole|Create(?:User|Group|Role|Policy|InstanceProfile|ServiceLinkedRole))$/

/** IAM names what is there by its kind, `user ada`, and by its ARN only what is yet to be made or is passed on. */
function entityText(arn: string, action: string): string {
  if (arn.endsWith(':policy path /')) return 'policy path /'
  const found = /^arn:[^:]+:iam::\w*:(user|group|role|policy|instance-profile)\/(?:.*\/)?([^/]+)$/.exec(arn)
  if (found === null || byArn.test(action)) return arn
  const [, kind = '', name = ''] = found
  return `${kind.replace('-', ' ')} ${kind === 'policy' ? arn : name}`
}

function reason({ effect, kind }: Decision, action: string): string {
  if (effect !== 'explicit-deny') return `because no ${kind} allows the ${action} action`
  return `with an explicit deny in ${kind.startsWith('identity') ? 'an' : 'a'} ${kind}`
}

/** The refusal in the code that the service's protocol uses. */
export function denialError(denial: Denial): AwsError {
  const { service, protocol, principal } = denial
  // S3 tells strangers nothing. https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html
  const message = service === 's3' && principal.kind === 'anonymous' ? 'Access Denied' : denialMessage(denial)
  const [code, statusCode] = codeOf(service, protocol)
  return new AwsError(code, message, { statusCode, cause: denialEvidence(denial) })
}

function codeOf(service: string, protocol: ProtocolName): readonly [string, number] {
  if (service === 'sns') return ['AuthorizationError', 403]
  switch (protocol) {
    case 'awsQuery':
    case 'restXml':
      return ['AccessDenied', 403]
    case 'restJson1':
      return ['AccessDeniedException', 403]
    default:
      return ['AccessDeniedException', 400]
  }
}

/** What a developer needs to mend it. */
export function denialEvidence(denial: Denial): DenialEvidence {
  const { decision, action, resource } = denial
  const encodedMessage = encodeAuthorizationMessage(denial)
  const { statement, kind, effect } = decision
  if (effect === 'explicit-deny')
    return {
      reason: reason(decision, action),
      deniedBy: `${kind}, statement ${statement?.sid ?? `#${(statement?.position ?? 0) + 1}`}`,
      encodedMessage,
    }
  return {
    reason: reason(decision, action),
    statement: { Effect: 'Allow', Action: action, Resource: resource },
    encodedMessage,
  }
}
