import {
  AddRoleToInstanceProfileCommand,
  AddUserToGroupCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRoleCommand,
  DeleteUserCommand,
  DetachRolePolicyCommand,
  GetGroupCommand,
  GetInstanceProfileCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  ListAccessKeysCommand,
  ListAttachedRolePoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListGroupsForUserCommand,
  ListPoliciesCommand,
  ListRolesCommand,
  ListUsersCommand,
  ListUserTagsCommand,
  PutRolePolicyCommand,
  PutUserPermissionsBoundaryCommand,
  SetDefaultPolicyVersionCommand,
  TagUserCommand,
  UntagUserCommand,
  UpdateUserCommand,
} from '@aws-sdk/client-iam'
import { describe, expect, test } from 'vitest'
import { startIdentityDoor } from './iam-door.ts'

const account = '000000000000'
const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
})
const policy = (action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] })
const refusal = (name: string, message: string, status: number) => ({
  name,
  message,
  $metadata: expect.objectContaining({ httpStatusCode: status }),
})

test('a name of the wrong letters is refused in IAM’s own words', async () => {
  const iam = (await startIdentityDoor()).iam()
  const words = (member: string) =>
    `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`
  await expect(iam.send(new CreateUserCommand({ UserName: 'a b' }))).rejects.toMatchObject(
    refusal('ValidationError', words('userName'), 400),
  )
  await expect(
    iam.send(new GetRoleCommand({ RoleName: `arn:aws:iam::${account}:role/a` })),
  ).rejects.toMatchObject(refusal('ValidationError', words('roleName'), 400))
})

describe('users', () => {
  test('create, get, tag, rename, list in pages, delete', async () => {
    const door = await startIdentityDoor()
    const iam = door.iam()
    const created = await iam.send(
      new CreateUserCommand({
        UserName: 'ada',
        Path: '/engines/',
        Tags: [{ Key: 'Team', Value: 'analytics' }],
      }),
    )
    expect(created.User).toEqual({
      Path: '/engines/',
      UserName: 'ada',
      UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
      Arn: `arn:aws:iam::${account}:user/engines/ada`,
      CreateDate: new Date(Math.floor(door.now / 1000) * 1000),
      Tags: [{ Key: 'Team', Value: 'analytics' }],
    })
    await expect(iam.send(new CreateUserCommand({ UserName: 'ada' }))).rejects.toMatchObject(
      refusal('EntityAlreadyExistsException', 'User with name ada already exists.', 409),
    )
    await iam.send(new TagUserCommand({ UserName: 'ada', Tags: [{ Key: 'team', Value: 'poets' }] }))
    expect((await iam.send(new ListUserTagsCommand({ UserName: 'ada' }))).Tags).toEqual([
      { Key: 'team', Value: 'poets' },
    ])
    await iam.send(new UntagUserCommand({ UserName: 'ada', TagKeys: ['TEAM'] }))
    await iam.send(new UpdateUserCommand({ UserName: 'ada', NewUserName: 'lovelace', NewPath: '/' }))
    await expect(iam.send(new GetUserCommand({ UserName: 'ada' }))).rejects.toMatchObject(
      refusal('NoSuchEntityException', 'The user with name ada cannot be found.', 404),
    )
    for (const UserName of ['babbage', 'curie']) await iam.send(new CreateUserCommand({ UserName }))
    const first = await iam.send(new ListUsersCommand({ MaxItems: 2 }))
    expect([first.Users?.map(user => user.UserName), first.IsTruncated]).toEqual([['babbage', 'curie'], true])
    const second = await iam.send(new ListUsersCommand({ MaxItems: 2, Marker: first.Marker }))
    expect([second.Users?.map(user => user.Arn), second.IsTruncated]).toEqual([
      [`arn:aws:iam::${account}:user/lovelace`],
      false,
    ])
    await iam.send(new DeleteUserCommand({ UserName: 'lovelace' }))
    expect((await iam.send(new ListUsersCommand({}))).Users).toHaveLength(2)
  })

  test('a user with anything left cannot go', async () => {
    const door = await startIdentityDoor()
    const iam = door.iam()
    await iam.send(new CreateUserCommand({ UserName: 'ada' }))
    await iam.send(new CreateGroupCommand({ GroupName: 'poets' }))
    await iam.send(new AddUserToGroupCommand({ UserName: 'ada', GroupName: 'poets' }))
    expect((await iam.send(new GetGroupCommand({ GroupName: 'poets' }))).Users?.map(u => u.UserName)).toEqual(
      ['ada'],
    )
    expect(
      (await iam.send(new ListGroupsForUserCommand({ UserName: 'ada' }))).Groups?.map(group => group.Arn),
    ).toEqual([`arn:aws:iam::${account}:group/poets`])
    await expect(iam.send(new DeleteUserCommand({ UserName: 'ada' }))).rejects.toMatchObject(
      refusal('DeleteConflictException', 'Cannot delete entity, must remove users from group first.', 409),
    )
  })

  test('two access keys at most; a key works, an inactive one does not', async () => {
    const door = await startIdentityDoor()
    const iam = door.iam()
    await iam.send(new CreateUserCommand({ UserName: 'ada' }))
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ada' }))
    await iam.send(new CreateAccessKeyCommand({ UserName: 'ada' }))
    await expect(iam.send(new CreateAccessKeyCommand({ UserName: 'ada' }))).rejects.toMatchObject(
      refusal('LimitExceededException', 'Cannot exceed quota for AccessKeysPerUser: 2', 409),
    )
    const ada = door.iam({
      accessKeyId: AccessKey?.AccessKeyId ?? '',
      secretAccessKey: AccessKey?.SecretAccessKey ?? '',
    })
    await expect(ada.send(new GetUserCommand({}))).rejects.toMatchObject(
      refusal(
        'AccessDenied',
        `User: arn:aws:iam::${account}:user/ada is not authorized to perform: iam:GetUser on resource: user ada because no identity-based policy allows the iam:GetUser action`,
        403,
      ),
    )
    await iam.send(
      new AttachUserPolicyCommand({
        UserName: 'ada',
        PolicyArn: 'arn:aws:iam::aws:policy/IAMReadOnlyAccess',
      }),
    )
    expect((await ada.send(new GetUserCommand({}))).User?.UserName).toBe('ada')
    expect((await ada.send(new ListAccessKeysCommand({}))).AccessKeyMetadata).toHaveLength(2)
  })
})

describe('roles', () => {
  test('create, inline and attached policies, conflicts, delete', async () => {
    const door = await startIdentityDoor()
    const iam = door.iam()
    const { Role } = await iam.send(
      new CreateRoleCommand({ RoleName: 'rides', AssumeRolePolicyDocument: trust, Description: 'for rides' }),
    )
    expect(Role).toMatchObject({
      Arn: `arn:aws:iam::${account}:role/rides`,
      RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
      AssumeRolePolicyDocument: encodeURIComponent(trust),
      MaxSessionDuration: 3600,
      Description: 'for rides',
    })
    await expect(
      iam.send(new CreateRoleCommand({ RoleName: 'bad', AssumeRolePolicyDocument: '{"Statement"' })),
    ).rejects.toMatchObject(
      refusal('MalformedPolicyDocumentException', 'This policy contains invalid Json', 400),
    )
    await iam.send(
      new PutRolePolicyCommand({ RoleName: 'rides', PolicyName: 'main', PolicyDocument: policy('s3:*') }),
    )
    expect(await iam.send(new GetRolePolicyCommand({ RoleName: 'rides', PolicyName: 'main' }))).toMatchObject(
      {
        RoleName: 'rides',
        PolicyName: 'main',
        PolicyDocument: encodeURIComponent(policy('s3:*')).replaceAll('*', '%2A'),
      },
    )
    const basic = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'rides', PolicyArn: basic }))
    expect(
      (await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: 'rides' }))).AttachedPolicies,
    ).toEqual([{ PolicyName: 'AWSLambdaBasicExecutionRole', PolicyArn: basic }])
    await expect(
      iam.send(
        new AttachRolePolicyCommand({ RoleName: 'rides', PolicyArn: `arn:aws:iam::${account}:policy/x` }),
      ),
    ).rejects.toMatchObject(
      refusal(
        'NoSuchEntityException',
        `Policy arn:aws:iam::${account}:policy/x does not exist or is not attachable.`,
        404,
      ),
    )
    await expect(iam.send(new DeleteRoleCommand({ RoleName: 'rides' }))).rejects.toMatchObject(
      refusal('DeleteConflictException', 'Cannot delete entity, must detach all policies first.', 409),
    )
    await iam.send(new DetachRolePolicyCommand({ RoleName: 'rides', PolicyArn: basic }))
    await expect(iam.send(new DeleteRoleCommand({ RoleName: 'rides' }))).rejects.toMatchObject(
      refusal('DeleteConflictException', 'Cannot delete entity, must delete policies first.', 409),
    )
    expect((await iam.send(new ListRolesCommand({ PathPrefix: '/service/' }))).Roles).toEqual([])
    expect((await iam.send(new GetRoleCommand({ RoleName: 'rides' }))).Role?.RoleLastUsed).toEqual({})
  })

  test('an instance profile holds one role', async () => {
    const iam = (await startIdentityDoor()).iam()
    await iam.send(new CreateRoleCommand({ RoleName: 'rides', AssumeRolePolicyDocument: trust }))
    await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: 'host' }))
    const add = new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'host', RoleName: 'rides' })
    await iam.send(add)
    await expect(iam.send(add)).rejects.toMatchObject(
      refusal('LimitExceededException', 'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1', 409),
    )
    const { InstanceProfile } = await iam.send(new GetInstanceProfileCommand({ InstanceProfileName: 'host' }))
    expect(InstanceProfile?.Roles?.map(role => role.RoleName)).toEqual(['rides'])
  })
})

describe('managed policies', () => {
  test('versions, default, use, limits', async () => {
    const iam = (await startIdentityDoor()).iam()
    const created = await iam.send(
      new CreatePolicyCommand({ PolicyName: 'reads', PolicyDocument: policy('s3:GetObject') }),
    )
    const PolicyArn = created.Policy?.Arn ?? ''
    expect(PolicyArn).toBe(`arn:aws:iam::${account}:policy/reads`)
    for (let version = 2; version <= 5; version++)
      await iam.send(
        new CreatePolicyVersionCommand({
          PolicyArn,
          PolicyDocument: policy(`s3:Get${version}`),
          SetAsDefault: version === 3,
        }),
      )
    await expect(
      iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: policy('s3:*') })),
    ).rejects.toMatchObject(
      refusal(
        'LimitExceededException',
        'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
        409,
      ),
    )
    await expect(
      iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v3' })),
    ).rejects.toMatchObject(
      refusal('DeleteConflictException', 'Cannot delete the default version of a policy.', 409),
    )
    await iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v5' }))
    for (const VersionId of ['v1', 'v2', 'v3', 'v4'])
      await iam.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }))
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v5' }))
    expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toBe(policy('s3:Get5'))
    await iam.send(new CreateUserCommand({ UserName: 'ada' }))
    await iam.send(new AttachUserPolicyCommand({ UserName: 'ada', PolicyArn }))
    await iam.send(new PutUserPermissionsBoundaryCommand({ UserName: 'ada', PermissionsBoundary: PolicyArn }))
    expect((await iam.send(new GetPolicyCommand({ PolicyArn }))).Policy).toMatchObject({
      AttachmentCount: 1,
      PermissionsBoundaryUsageCount: 1,
      DefaultVersionId: 'v5',
    })
    expect(
      (await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn }))).PolicyUsers?.map(
        user => user.UserName,
      ),
    ).toEqual(['ada'])
    await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject(
      refusal('DeleteConflictException', 'Cannot delete a policy attached to entities.', 409),
    )
    const aws = await iam.send(new ListPoliciesCommand({ Scope: 'AWS', MaxItems: 1000 }))
    expect(aws.Policies?.map(each => each.PolicyName)).toEqual(
      expect.arrayContaining(['AdministratorAccess', 'AmazonS3FullAccess', 'AWSLambdaSQSQueueExecutionRole']),
    )
  })

  test.each([
    [
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*"}]}',
      'Policy statement must contain resources.',
    ],
    [
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Resource":"*"}]}',
      'Policy statement must contain actions.',
    ],
    [
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"invalid","Resource":"*"}]}',
      'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
    ],
    [
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"invalid"}]}',
      'Resource invalid must be in ARN format or "*".',
    ],
    [
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*","Principal":"*"}]}',
      'Policy document should not specify a principal.',
    ],
    ['{"Version":"2017-10-17","Statement":[]}', 'Policy document must be version 2012-10-17 or greater.'],
    [
      '{"Version":"2012-10-17","Statement":[{"Sid":"a b","Effect":"Allow","Action":"s3:*","Resource":"*"}]}',
      'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
    ],
    [
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringEqual":{"a":"b"}}}]}',
      'Syntax errors in policy.',
    ],
    ['not json', 'Syntax errors in policy.'],
  ])('%s is refused', async (document, message) => {
    const iam = (await startIdentityDoor()).iam()
    await expect(
      iam.send(new CreatePolicyCommand({ PolicyName: 'bad', PolicyDocument: document })),
    ).rejects.toMatchObject(refusal('MalformedPolicyDocumentException', message, 400))
  })
})
