import {
  AddClientIDToOpenIDConnectProviderCommand,
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  ChangePasswordCommand,
  CreateAccessKeyCommand,
  CreateAccountAliasCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateSAMLProviderCommand,
  CreateServiceLinkedRoleCommand,
  CreateUserCommand,
  DeleteAccountAliasCommand,
  DeleteAccountPasswordPolicyCommand,
  DeleteGroupCommand,
  DeleteGroupPolicyCommand,
  DeleteLoginProfileCommand,
  DeleteOpenIDConnectProviderCommand,
  DeleteServiceLinkedRoleCommand,
  DeleteUserPermissionsBoundaryCommand,
  GetAccessKeyLastUsedCommand,
  GetAccountPasswordPolicyCommand,
  GetContextKeysForCustomPolicyCommand,
  GetGroupPolicyCommand,
  GetLoginProfileCommand,
  GetOpenIDConnectProviderCommand,
  GetServiceLinkedRoleDeletionStatusCommand,
  GetUserCommand,
  ListAccountAliasesCommand,
  ListAttachedGroupPoliciesCommand,
  ListGroupPoliciesCommand,
  ListMFADevicesCommand,
  ListOpenIDConnectProvidersCommand,
  ListPolicyTagsCommand,
  ListSAMLProvidersCommand,
  PutGroupPolicyCommand,
  PutUserPermissionsBoundaryCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
  SimulateCustomPolicyCommand,
  TagPolicyCommand,
  UntagPolicyCommand,
  UpdateAccessKeyCommand,
  UpdateAccountPasswordPolicyCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateGroupCommand,
  UpdateLoginProfileCommand,
  UpdateRoleCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { startIdentityDoor } from './iam-door.ts'

const policy = (Action: string, Effect = 'Allow') =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect, Action, Resource: '*' }] })

test('groups hand their policies to their members', async () => {
  const door = await startIdentityDoor()
  const iam = door.iam()
  await iam.send(new CreateGroupCommand({ GroupName: 'readers', Path: '/team/' }))
  await iam.send(new CreateUserCommand({ UserName: 'ada' }))
  await iam.send(new AddUserToGroupCommand({ GroupName: 'readers', UserName: 'ada' }))
  await iam.send(
    new PutGroupPolicyCommand({
      GroupName: 'readers',
      PolicyName: 'p',
      PolicyDocument: policy('iam:GetUser'),
    }),
  )
  await iam.send(
    new AttachGroupPolicyCommand({
      GroupName: 'readers',
      PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess',
    }),
  )
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ada' }))
  const keys = {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  }
  const ada = door.iam(keys)
  await ada.send(new GetUserCommand({}))
  await iam.send(new UpdateGroupCommand({ GroupName: 'readers', NewGroupName: 'poets' }))
  await ada.send(new GetUserCommand({}))
  await iam.send(new UpdateUserCommand({ UserName: 'ada', NewUserName: 'lovelace' }))
  expect((await ada.send(new GetUserCommand({}))).User?.UserName).toBe('lovelace')
  expect((await iam.send(new ListGroupPoliciesCommand({ GroupName: 'poets' }))).PolicyNames).toEqual(['p'])
  expect(
    (await iam.send(new ListAttachedGroupPoliciesCommand({ GroupName: 'poets' }))).AttachedPolicies,
  ).toEqual([{ PolicyName: 'ReadOnlyAccess', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }])
  await expect(iam.send(new GetGroupPolicyCommand({ GroupName: 'poets', PolicyName: 'q' }))).rejects.toThrow(
    'The group policy with name q cannot be found.',
  )
  await iam.send(new DeleteGroupPolicyCommand({ GroupName: 'poets', PolicyName: 'p' }))
  await expect(iam.send(new DeleteGroupCommand({ GroupName: 'poets' }))).rejects.toThrow(
    'Cannot delete entity, must remove users from group first.',
  )
  await iam.send(new RemoveUserFromGroupCommand({ GroupName: 'poets', UserName: 'lovelace' }))
  await expect(ada.send(new GetUserCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' })
  await iam.send(
    new UpdateAccessKeyCommand({ UserName: 'lovelace', AccessKeyId: keys.accessKeyId, Status: 'Inactive' }),
  )
  await expect(ada.send(new GetUserCommand({}))).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
  expect(await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: keys.accessKeyId }))).toMatchObject({
    UserName: 'lovelace',
    AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' },
  })
})

test('a permissions boundary bounds', async () => {
  const door = await startIdentityDoor()
  const iam = door.iam()
  await iam.send(new CreateUserCommand({ UserName: 'ada' }))
  await iam.send(
    new PutUserPolicyCommand({ UserName: 'ada', PolicyName: 'all', PolicyDocument: policy('*') }),
  )
  const { Policy } = await iam.send(
    new CreatePolicyCommand({ PolicyName: 'bound', PolicyDocument: policy('s3:*') }),
  )
  await iam.send(new PutUserPermissionsBoundaryCommand({ UserName: 'ada', PermissionsBoundary: Policy?.Arn }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ada' }))
  const ada = door.iam({
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  })
  await expect(ada.send(new GetUserCommand({}))).rejects.toThrow(
    'because no permissions boundary allows the iam:GetUser action',
  )
  await iam.send(new DeleteUserPermissionsBoundaryCommand({ UserName: 'ada' }))
  await ada.send(new GetUserCommand({}))
  await iam.send(new TagPolicyCommand({ PolicyArn: Policy?.Arn, Tags: [{ Key: 'a', Value: 'b' }] }))
  expect((await iam.send(new ListPolicyTagsCommand({ PolicyArn: Policy?.Arn }))).Tags).toEqual([
    { Key: 'a', Value: 'b' },
  ])
  await iam.send(new UntagPolicyCommand({ PolicyArn: Policy?.Arn, TagKeys: ['a'] }))
  expect((await iam.send(new ListPolicyTagsCommand({ PolicyArn: Policy?.Arn }))).Tags).toEqual([])
})

test('login profiles keep to the password policy', async () => {
  const door = await startIdentityDoor()
  const iam = door.iam()
  await iam.send(new CreateUserCommand({ UserName: 'ada' }))
  await expect(iam.send(new GetAccountPasswordPolicyCommand({}))).rejects.toThrow(
    'The Password Policy with domain name 000000000000 cannot be found.',
  )
  await iam.send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 10, RequireNumbers: true }))
  expect((await iam.send(new GetAccountPasswordPolicyCommand({}))).PasswordPolicy).toMatchObject({
    MinimumPasswordLength: 10,
    RequireNumbers: true,
    RequireSymbols: false,
    ExpirePasswords: false,
  })
  await expect(
    iam.send(new CreateLoginProfileCommand({ UserName: 'ada', Password: 'only-letters' })),
  ).rejects.toMatchObject({ name: 'PasswordPolicyViolationException' })
  await iam.send(
    new CreateLoginProfileCommand({
      UserName: 'ada',
      Password: 'letters-and-1',
      PasswordResetRequired: true,
    }),
  )
  expect((await iam.send(new GetLoginProfileCommand({ UserName: 'ada' }))).LoginProfile).toMatchObject({
    UserName: 'ada',
    PasswordResetRequired: true,
  })
  await iam.send(new UpdateLoginProfileCommand({ UserName: 'ada', PasswordResetRequired: false }))
  await expect(
    iam.send(new ChangePasswordCommand({ OldPassword: 'x', NewPassword: 'y' })),
  ).rejects.toMatchObject({
    name: 'ValidationError',
  })
  await iam.send(new DeleteLoginProfileCommand({ UserName: 'ada' }))
  await expect(iam.send(new GetLoginProfileCommand({ UserName: 'ada' }))).rejects.toThrow(
    'Login Profile for User ada cannot be found.',
  )
  await iam.send(new DeleteAccountPasswordPolicyCommand({}))
})

test('roles change, service-linked roles come and go', async () => {
  const iam = (await startIdentityDoor()).iam()
  const { Role } = await iam.send(
    new CreateServiceLinkedRoleCommand({ AWSServiceName: 'dynamodb.amazonaws.com' }),
  )
  expect(Role?.Arn).toBe(
    'arn:aws:iam::000000000000:role/aws-service-role/dynamodb.amazonaws.com/AWSServiceRoleForDynamoDB',
  )
  const { DeletionTaskId } = await iam.send(new DeleteServiceLinkedRoleCommand({ RoleName: Role?.RoleName }))
  expect((await iam.send(new GetServiceLinkedRoleDeletionStatusCommand({ DeletionTaskId }))).Status).toBe(
    'SUCCEEDED',
  )
  const trust = (Service: string) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
    })
  await iam.send(new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: trust('a.amazonaws.com') }))
  await iam.send(new UpdateRoleCommand({ RoleName: 'r', Description: 'd', MaxSessionDuration: 7200 }))
  await iam.send(
    new UpdateAssumeRolePolicyCommand({ RoleName: 'r', PolicyDocument: trust('b.amazonaws.com') }),
  )
  await expect(
    iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'r', PolicyDocument: policy('sts:AssumeRole') })),
  ).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' })
})

test('OIDC providers, aliases, and what does not exist here', async () => {
  const iam = (await startIdentityDoor()).iam()
  const { OpenIDConnectProviderArn } = await iam.send(
    new CreateOpenIDConnectProviderCommand({ Url: 'https://id.example/realm', ClientIDList: ['a'] }),
  )
  await iam.send(new AddClientIDToOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, ClientID: 'b' }))
  expect(await iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }))).toMatchObject({
    Url: 'id.example/realm',
    ClientIDList: ['a', 'b'],
  })
  expect((await iam.send(new ListOpenIDConnectProvidersCommand({}))).OpenIDConnectProviderList).toEqual([
    { Arn: 'arn:aws:iam::000000000000:oidc-provider/id.example/realm' },
  ])
  await iam.send(new DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }))
  await expect(
    iam.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn })),
  ).rejects.toMatchObject({ name: 'NoSuchEntityException' })
  await iam.send(new CreateAccountAliasCommand({ AccountAlias: 'ferries' }))
  expect((await iam.send(new ListAccountAliasesCommand({}))).AccountAliases).toEqual(['ferries'])
  await iam.send(new DeleteAccountAliasCommand({ AccountAlias: 'ferries' }))
  await expect(iam.send(new ListMFADevicesCommand({ UserName: 'nobody' }))).rejects.toThrow(
    'The user with name nobody cannot be found.',
  )
  expect((await iam.send(new ListSAMLProvidersCommand({}))).SAMLProviderList ?? []).toEqual([])
  await expect(
    iam.send(new CreateSAMLProviderCommand({ Name: 'x', SAMLMetadataDocument: 'x'.repeat(1000) })),
  ).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 } })
})

test('a simulation tells what decided', async () => {
  const iam = (await startIdentityDoor()).iam()
  const documents = [
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 's3:*',
          Resource: '*',
          Condition: { StringEquals: { 's3:prefix': '${aws:username}' } },
        },
      ],
    }),
    policy('s3:DeleteBucket', 'Deny'),
  ]
  const simulate = (values: string[]) =>
    iam.send(
      new SimulateCustomPolicyCommand({
        PolicyInputList: documents,
        ActionNames: ['s3:ListBucket', 's3:DeleteBucket'],
        ContextEntries: [
          { ContextKeyName: 's3:prefix', ContextKeyValues: values, ContextKeyType: 'string' },
          { ContextKeyName: 'aws:username', ContextKeyValues: ['ada'], ContextKeyType: 'string' },
        ],
      }),
    )
  const decisions = async (values: string[]) =>
    (await simulate(values)).EvaluationResults?.map(result => result.EvalDecision)
  expect(await decisions(['ada'])).toEqual(['allowed', 'explicitDeny'])
  expect(await decisions(['eve'])).toEqual(['implicitDeny', 'explicitDeny'])
  expect(
    (await iam.send(new GetContextKeysForCustomPolicyCommand({ PolicyInputList: documents })))
      .ContextKeyNames,
  ).toEqual(['s3:prefix', 'aws:username'])
})
