import type * as Iam from '@aws-sdk/client-iam'
import { without } from '../entities.ts'
import { alreadyExists, noSuchEntity } from '../errors.ts'
import { countUses, usesOf } from '../managed-policies.ts'
import { mfaDevices } from '../mfa.ts'
import { type IamContext, type Operation, read, tables, write } from '../state.ts'

function aliasTaken(alias: string) {
  return alreadyExists(`The account alias ${alias} already exists.`)
}

/** An account has one alias at most; a new one takes the old one's place. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccountAlias.html */
export const CreateAccountAlias: Operation<Iam.CreateAccountAliasRequest, undefined> = (context, input) =>
  write(context, writer => {
    const alias = input.AccountAlias ?? ''
    for (const [[owner], account] of tables.accounts.under(writer))
      if (account.alias === alias && owner !== context.account) throw aliasTaken(alias)
    tables.accounts.put(writer, { ...tables.accounts.get(writer, context.account), alias }, context.account)
    return undefined
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html */
export const ListAccountAliases: Operation<
  Iam.ListAccountAliasesRequest,
  Iam.ListAccountAliasesResponse
> = context =>
  read(context, reader => {
    const alias = tables.accounts.get(reader, context.account)?.alias
    return { AccountAliases: alias === undefined ? [] : [alias], IsTruncated: false }
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountAlias.html */
export const DeleteAccountAlias: Operation<Iam.DeleteAccountAliasRequest, undefined> = (context, input) =>
  write(context, writer => {
    const account = tables.accounts.get(writer, context.account) ?? {}
    if (account.alias !== input.AccountAlias)
      throw noSuchEntity(`The account alias ${input.AccountAlias} cannot be found.`)
    tables.accounts.put(writer, without(account, 'alias'), context.account)
    return undefined
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html */
export const UpdateAccountPasswordPolicy: Operation<Iam.UpdateAccountPasswordPolicyRequest, undefined> = (
  context,
  input,
) =>
  write(context, writer => {
    const passwordPolicy = {
      MinimumPasswordLength: input.MinimumPasswordLength ?? 6,
      RequireSymbols: input.RequireSymbols ?? false,
      RequireNumbers: input.RequireNumbers ?? false,
      RequireUppercaseCharacters: input.RequireUppercaseCharacters ?? false,
      RequireLowercaseCharacters: input.RequireLowercaseCharacters ?? false,
      AllowUsersToChangePassword: input.AllowUsersToChangePassword ?? false,
      ExpirePasswords: (input.MaxPasswordAge ?? 0) > 0,
      ...(input.MaxPasswordAge === undefined ? {} : { MaxPasswordAge: input.MaxPasswordAge }),
      ...(input.PasswordReusePrevention === undefined
        ? {}
        : { PasswordReusePrevention: input.PasswordReusePrevention }),
      ...(input.HardExpiry === undefined ? {} : { HardExpiry: input.HardExpiry }),
    }
    const account = tables.accounts.get(writer, context.account)
    tables.accounts.put(writer, { ...account, passwordPolicy }, context.account)
    return undefined
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountPasswordPolicy.html */
export const GetAccountPasswordPolicy: Operation<undefined, Iam.GetAccountPasswordPolicyResponse> = context =>
  read(context, reader => {
    const policy = tables.accounts.get(reader, context.account)?.passwordPolicy
    if (policy === undefined) throw noPasswordPolicy(context)
    return { PasswordPolicy: policy as Iam.PasswordPolicy }
  })

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountPasswordPolicy.html */
export const DeleteAccountPasswordPolicy: Operation<undefined, undefined> = context =>
  write(context, writer => {
    const account = tables.accounts.get(writer, context.account)
    if (account?.passwordPolicy === undefined) throw noPasswordPolicy(context)
    tables.accounts.put(writer, without(account, 'passwordPolicy'), context.account)
    return undefined
  })

function noPasswordPolicy({ account }: IamContext) {
  return noSuchEntity(`The Password Policy with domain name ${account} cannot be found.`)
}

/** What there is, and IAM's quotas. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html */
export const GetAccountSummary: Operation<undefined, Iam.GetAccountSummaryResponse> = context =>
  read(context, reader => {
    const { account } = context
    const count = (table: { under: (r: typeof reader, a: string) => Iterable<unknown> }) =>
      [...table.under(reader, account)].length
    const policies = [...tables.policies.under(reader, account)].map(([, policy]) => policy)
    const inUse = policies.filter(policy => countUses(usesOf(reader, context, policy.arn)).attached > 0)
    const devices = mfaDevices(reader, context)
    return {
      SummaryMap: {
        Users: count(tables.users),
        Groups: count(tables.groups),
        Roles: count(tables.roles),
        Policies: policies.length,
        PolicyVersionsInUse: inUse.length,
        InstanceProfiles: count(tables.instanceProfiles),
        Providers: count(tables.oidcProviders),
        MFADevices: devices.length,
        MFADevicesInUse: devices.filter(device => device.userName !== undefined).length,
        AccountAccessKeysPresent: 1,
        ...quotas,
      } as Iam.GetAccountSummaryResponse['SummaryMap'],
    }
  })

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const quotas = {
  UsersQuota: 5000,
  GroupsQuota: 300,
  RolesQuota: 1000,
  PoliciesQuota: 1500,
  InstanceProfilesQuota: 1000,
  GroupsPerUserQuota: 10,
  AccessKeysPerUserQuota: 2,
  SigningCertificatesPerUserQuota: 2,
  AttachedPoliciesPerUserQuota: 10,
  AttachedPoliciesPerGroupQuota: 10,
  AttachedPoliciesPerRoleQuota: 10,
  UserPolicySizeQuota: 2048,
  GroupPolicySizeQuota: 5120,
  AssumeRolePolicySizeQuota: 2048,
  PolicySizeQuota: 6144,
  PolicyVersionsInUseQuota: 10_000,
  VersionsPerPolicyQuota: 5,
  ServerCertificates: 0,
  ServerCertificatesQuota: 20,
  AccountMFAEnabled: 0,
  AccountSigningCertificatesPresent: 0,
  AccountPasswordPresent: 1,
  GlobalEndpointTokenVersion: 1,
}
