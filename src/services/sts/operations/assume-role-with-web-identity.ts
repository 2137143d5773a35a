import type { AssumeRoleWithWebIdentityRequest, AssumeRoleWithWebIdentityResponse } from '@aws-sdk/client-sts'
import { anonymous, type Principal, roleOfArn, trusts } from '../../../aws/index.ts'
import { checkIssuer } from '../check-issuer.ts'
import { accessDenied, invalidIdentityToken } from '../errors.ts'
import { openRoleSession } from '../open-role-session.ts'
import { findRole } from '../roles.ts'
import { packedSize, sessionPolicies } from '../session-policies.ts'
import { type Operation, type StsContext, tables } from '../state.ts'
import { builtInProviders, readWebIdentity, type WebIdentity } from '../web-identity.ts'

/** Unsigned: the token and the role's trust policy decide. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html */
export const AssumeRoleWithWebIdentity: Operation<
  AssumeRoleWithWebIdentityRequest,
  AssumeRoleWithWebIdentityResponse
> = async (context, input) => {
  const arn = input.RoleArn ?? ''
  const { account } = roleOfArn(arn)
  const identity = readWebIdentity(input.WebIdentityToken ?? '', input.ProviderId, context.now)
  const federated = await federatedName(context, account, identity)
  await checkIssuer(context, identity, input.WebIdentityToken ?? '')
  const role = await findRole(context, arn)
  const conditions = conditionsOf(identity)
  const caller: Principal = {
    ...anonymous,
    kind: 'federated-user',
    account,
    arn: federated,
    sessionContext: conditions,
  }
  const trusted =
    role !== undefined &&
    trusts(role.assumeRolePolicyDocument, {
      action: 'sts:AssumeRoleWithWebIdentity',
      principal: caller,
      region: context.region,
      sourceIp: context.http.sourceIp,
      secure: context.http.secure,
      userAgent: context.http.headers['user-agent'],
      now: context.now,
      account,
      conditions: { 'sts:RoleSessionName': input.RoleSessionName ?? '' },
    })
  if (!trusted) throw accessDenied('Not authorized to perform sts:AssumeRoleWithWebIdentity')
  const policies = await context.state.store.read(reader => sessionPolicies(reader, account, input))
  const answer = await openRoleSession(context, role, input.DurationSeconds, {
    sessionName: input.RoleSessionName ?? '',
    sessionPolicies: policies,
    sessionContext: { ...conditions, 'aws:FederatedProvider': federated },
  })
  return {
    ...answer,
    ...packedSize(input, {}),
    SubjectFromWebIdentityToken: identity.subject,
    Provider: federated,
    Audience: identity.audience,
  }
}

/** What a trust policy's `Federated` has to name: a provider that AWS knows, or the account's own OIDC provider. */
async function federatedName({ state }: StsContext, account: string, identity: WebIdentity): Promise<string> {
  if (builtInProviders.has(identity.provider)) return identity.provider
  const arn = `arn:aws:iam::${account}:oidc-provider/${identity.provider}`
  const provider = await state.store.read(reader => tables.oidcProviders.get(reader, account, arn))
  if (provider === undefined)
    throw invalidIdentityToken(
      `No OpenIDConnect provider found in your account for https://${identity.provider}`,
    )
  if (provider.clientIds.length > 0 && !provider.clientIds.includes(identity.audience))
    throw invalidIdentityToken('Incorrect token audience')
  return arn
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif */
function conditionsOf(identity: WebIdentity): Readonly<Record<string, string | readonly string[]>> {
  const { provider, subject, audience, methods } = identity
  return {
    [`${provider}:sub`]: subject,
    [`${provider}:aud`]: audience,
    ...(methods.length === 0 ? {} : { [`${provider}:amr`]: methods }),
  }
}
