import type { AssumeRoleRequest } from '@aws-sdk/client-sts'
import { type AccessRequest, type AccessRule, roleOfArn } from '../../aws/index.ts'
import { checkMfa } from './mfa.ts'
import { findRole } from './roles.ts'
import type { StsState } from './state.ts'

const free: AccessRule<StsState> = () => []

/** Nobody trusts anybody. */
const noTrust = '{"Version":"2012-10-17","Statement":[]}'

/**
 * A role's trust policy has a say in AssumeRole even inside one account; tags and a source identity need permissions of
 * their own. https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
 */
const assumeRole: AccessRule<StsState> = async (context, given) => {
  const input: AssumeRoleRequest = given
  const arn = input.RoleArn ?? ''
  const role = await findRole(context, arn)
  const tags = input.Tags ?? []
  const withMfa = await checkMfa(context, input)
  const request = (action: string): AccessRequest => ({
    action,
    resources: [arn],
    resourcePolicy: role?.assumeRolePolicyDocument ?? noTrust,
    resourcePolicyMustAllow: true,
    resourceAccount: roleOfArn(arn).account,
    conditions: {
      'sts:RoleSessionName': input.RoleSessionName ?? '',
      // The code was given just now.
      ...(withMfa ? { 'aws:MultiFactorAuthPresent': true, 'aws:MultiFactorAuthAge': 0 } : {}),
      ...(input.ExternalId === undefined ? {} : { 'sts:ExternalId': input.ExternalId }),
      ...(input.SourceIdentity === undefined ? {} : { 'sts:SourceIdentity': input.SourceIdentity }),
      ...(input.TransitiveTagKeys === undefined ? {} : { 'sts:TransitiveTagKeys': input.TransitiveTagKeys }),
      ...Object.fromEntries(tags.map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value ?? ''])),
      ...(tags.length === 0 ? {} : { 'aws:TagKeys': tags.map(({ Key }) => Key ?? '') }),
    },
  })
  return [
    request('sts:AssumeRole'),
    ...(tags.length === 0 ? [] : [request('sts:TagSession')]),
    ...(input.SourceIdentity === undefined ? [] : [request('sts:SetSourceIdentity')]),
  ]
}

/** What STS's operations need. */
export const access: Readonly<Record<string, AccessRule<StsState>>> = {
  AssumeRole: assumeRole,
  AssumeRoleWithWebIdentity: free,
  GetCallerIdentity: free,
  GetSessionToken: free,
  GetFederationToken: (context, given: { readonly Name?: string }) => [
    {
      action: 'sts:GetFederationToken',
      resources: [`arn:aws:sts::${context.account}:federated-user/${given.Name}`],
    },
  ],
}
