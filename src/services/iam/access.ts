import { type AccessRequest, type AccessRule, AwsError } from '../../aws/index.ts'
import type { IamState } from './state.ts'
import { type IamContext, read, tables } from './state.ts'

type Input = Readonly<Record<string, unknown>>

/**
 * What an operation needs: `iam:{Operation}` on the entity that it names (with the path that it has), or on all of the
 * kind that it lists.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export function accessRule(operation: string): AccessRule<IamState> {
  return async (context, given) => {
    checkSession(context)
    const input: Input = given ?? {}
    return [
      {
        action: `iam:${operation}`,
        resources: [await resourceOf(context, operation, input)],
        conditions: { ...(await resourceTags(context, input)), ...conditionsOf(input) },
      } satisfies AccessRequest,
    ]
  }
}

/**
 * Temporary credentials without MFA do not reach IAM at all, be they GetSessionToken's or GetFederationToken's; a
 * role's do. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_getsessiontoken.html
 */
function checkSession({ principal }: IamContext): void {
  const { kind, accessKeyId, sessionContext } = principal
  const temporary = kind !== 'assumed-role' && accessKeyId?.startsWith('ASIA') === true
  if (temporary && sessionContext['aws:MultiFactorAuthPresent'] !== 'true')
    throw new AwsError('InvalidClientTokenId', 'The security token included in the request is invalid', {
      statusCode: 403,
    })
}

const named = [
  ['RoleName', 'role', tables.roles],
  ['UserName', 'user', tables.users],
  ['GroupName', 'group', tables.groups],
  ['InstanceProfileName', 'instance-profile', tables.instanceProfiles],
] as const

const listed: Readonly<Record<string, string>> = {
  ListUsers: 'user/',
  ListRoles: 'role/',
  ListGroups: 'group/',
  ListInstanceProfiles: 'instance-profile/',
  ListPolicies: 'policy path /',
  ListVirtualMFADevices: 'mfa/',
}

/** `iam:ResourceTag/…` and its global twin, of the user, role or instance profile that is meant. */
async function resourceTags(context: IamContext, input: Input): Promise<Record<string, string>> {
  const pairs: [string, string][] = []
  for (const [member, , table] of named) {
    const name = input[member]
    if (typeof name !== 'string' || table === tables.groups) continue
    const known = await read(context, reader => table.get(reader, context.account, name))
    for (const { Key, Value } of known !== undefined && 'tags' in known ? known.tags : [])
      pairs.push([`iam:ResourceTag/${Key}`, Value], [`aws:ResourceTag/${Key}`, Value])
  }
  return Object.fromEntries(pairs)
}

/** Operations that are about the caller where they name no user. */
const aboutCaller =
  /^(?:ChangePassword|GetUser|(?:Create|Delete|Update|List)AccessKeys?|GetAccessKeyLastUsed|ListMFADevices|(?:Create|Delete|Get|Update)LoginProfile|List(?:SSHPublicKeys|ServiceSpecificCredentials|SigningCertificates))$/

async function resourceOf(context: IamContext, operation: string, input: Input): Promise<string> {
  const prefix = `arn:aws:iam::${context.account}:`
  const own = (member: string) => (typeof input[member] === 'string' ? input[member] : undefined)
  // A group's members are changed on the group, an instance profile's role on the profile.
  const order = operation.endsWith('Group') || operation.endsWith('Profile') ? [...named].reverse() : named
  for (const [member, kind, table] of order) {
    const name = own(member)
    if (name === undefined) continue
    const known = await read(context, reader => table.get(reader, context.account, name))
    return known?.arn ?? `${prefix}${kind}${own('Path') ?? '/'}${name}`
  }
  const device = own('VirtualMFADeviceName')
  if (device !== undefined) return `${prefix}mfa${own('Path') ?? '/'}${device}`
  const arn =
    own('SerialNumber') ?? own('PolicyArn') ?? own('OpenIDConnectProviderArn') ?? own('PolicySourceArn')
  if (arn !== undefined) return arn
  const policyName = own('PolicyName')
  if (policyName !== undefined) return `${prefix}policy${own('Path') ?? '/'}${policyName}`
  if (Object.hasOwn(listed, operation)) return `${prefix}${listed[operation]}`
  const service = own('AWSServiceName')
  if (service !== undefined) return `${prefix}role/aws-service-role/${service}/*`
  const url = own('Url')
  if (url !== undefined) return `${prefix}oidc-provider/${url.replace(/^https:\/\//, '')}`
  const { principal } = context
  return principal.kind === 'user' && aboutCaller.test(operation) ? principal.arn : '*'
}

function conditionsOf(input: Input): NonNullable<AccessRequest['conditions']> {
  const conditions: Record<string, string | readonly string[]> = {}
  const text = (member: string, key: string) => {
    const value = input[member]
    if (typeof value === 'string') conditions[key] = value
  }
  text('PolicyArn', 'iam:PolicyARN')
  text('PermissionsBoundary', 'iam:PermissionsBoundary')
  text('AWSServiceName', 'iam:AWSServiceName')
  const tags = input['Tags']
  if (Array.isArray(tags)) {
    const pairs = tags as readonly { readonly Key?: string; readonly Value?: string }[]
    for (const { Key: key, Value: value } of pairs) conditions[`aws:RequestTag/${key}`] = value ?? ''
    conditions['aws:TagKeys'] = pairs.map(({ Key: key }) => key ?? '')
  }
  const keys = input['TagKeys']
  if (Array.isArray(keys)) conditions['aws:TagKeys'] = keys.map(String)
  return conditions
}
