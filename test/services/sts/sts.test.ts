import {
  CreateAccessKeyCommand,
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  CreateUserCommand,
  GetUserCommand,
  ListUsersCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { DescribeParametersCommand, GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm'
import {
  AssumeRoleCommand,
  AssumeRoleWithWebIdentityCommand,
  type Credentials,
  DecodeAuthorizationMessageCommand,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetFederationTokenCommand,
  GetSessionTokenCommand,
  STSClient,
} from '@aws-sdk/client-sts'
import { describe, expect, test } from 'vitest'
import type { ServiceDefinition } from '../../../src/aws/index.ts'
import { createSsm } from '../../../src/services/ssm/index.ts'
import { sts } from '../../../src/services/sts/index.ts'
import { type ClientCredentials, type IdentityDoor, root, startIdentityDoor } from '../iam/iam-door.ts'

const account = '000000000000'

async function startSts(over = {}, more: readonly ServiceDefinition[] = []) {
  const door = await startIdentityDoor([sts as ServiceDefinition, ...more], over)
  return {
    ...door,
    sts: (credentials: ClientCredentials = root) =>
      new STSClient({ ...door.started.clientConfig(), credentials }),
  }
}

function keys(credentials: Credentials | undefined): Required<ClientCredentials> {
  if (credentials === undefined) throw new Error('no credentials')
  return {
    accessKeyId: credentials.AccessKeyId ?? '',
    secretAccessKey: credentials.SecretAccessKey ?? '',
    sessionToken: credentials.SessionToken ?? '',
  }
}

async function createUser(door: IdentityDoor, UserName: string, actions: string): Promise<ClientCredentials> {
  const iam = door.iam()
  await iam.send(new CreateUserCommand({ UserName }))
  await iam.send(
    new PutUserPolicyCommand({
      UserName,
      PolicyName: 'main',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: actions.split(' '), Resource: '*' }],
      }),
    }),
  )
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }))
  return {
    accessKeyId: AccessKey?.AccessKeyId ?? '',
    secretAccessKey: AccessKey?.SecretAccessKey ?? '',
  }
}

async function createRole(
  door: IdentityDoor,
  RoleName: string,
  statement: object,
  actions = 'iam:ListUsers',
) {
  const iam = door.iam()
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName,
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...statement }],
      }),
    }),
  )
  await iam.send(
    new PutRolePolicyCommand({
      RoleName,
      PolicyName: 'main',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: actions.split(' '), Resource: '*' }],
      }),
    }),
  )
  return Role?.Arn ?? ''
}

const denied = (who: string, action: string, resource: string) => ({
  name: 'AccessDenied',
  message: `User: ${who} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
})

test('who am I', async () => {
  const door = await startSts()
  expect(await door.sts().send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: account,
    Arn: `arn:aws:iam::${account}:root`,
    UserId: account,
  })
  expect(
    await door
      .sts({ accessKeyId: 'other', secretAccessKey: 'secret' })
      .send(new GetCallerIdentityCommand({})),
  ).toMatchObject({ Account: '111111111111', Arn: 'arn:aws:iam::111111111111:root' })
  await expect(
    door.sts({ accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' }).send(new GetCallerIdentityCommand({})),
  ).rejects.toMatchObject({
    name: 'InvalidClientTokenId',
    message: 'The security token included in the request is invalid.',
    $metadata: { httpStatusCode: 403 },
  })
  await expect(
    door.sts({ accessKeyId: 'test', secretAccessKey: 'wrong' }).send(new GetCallerIdentityCommand({})),
  ).rejects.toMatchObject({
    name: 'SignatureDoesNotMatch',
    message:
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    $metadata: { httpStatusCode: 403 },
  })
})

describe('AssumeRole', () => {
  test('a trusted user assumes a role, and the session may do what the role may', async () => {
    const door = await startSts()
    const ada = await createUser(door, 'ada', 'sts:AssumeRole')
    const RoleArn = await createRole(door, 'lister', { Principal: { AWS: `arn:aws:iam::${account}:root` } })
    const answer = await door
      .sts(ada)
      .send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'work', DurationSeconds: 900 }))
    expect(answer.AssumedRoleUser).toEqual({
      Arn: `arn:aws:sts::${account}:assumed-role/lister/work`,
      AssumedRoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}:work$/),
    })
    expect(answer.Credentials).toEqual({
      AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
      SecretAccessKey: expect.stringMatching(/^[A-Za-z0-9+/]{40}$/),
      SessionToken: expect.any(String),
      Expiration: new Date((Math.floor(door.now / 1000) + 900) * 1000),
    })
    const session = keys(answer.Credentials)
    expect(await door.sts(session).send(new GetCallerIdentityCommand({}))).toMatchObject({
      Arn: `arn:aws:sts::${account}:assumed-role/lister/work`,
    })
    expect((await door.iam(session).send(new ListUsersCommand({}))).Users).toHaveLength(1)
    await expect(door.iam(session).send(new GetUserCommand({ UserName: 'ada' }))).rejects.toMatchObject(
      denied(`arn:aws:sts::${account}:assumed-role/lister/work`, 'iam:GetUser', 'user ada'),
    )
    const { sessionToken: _token, ...withoutToken } = session
    await expect(door.sts(withoutToken).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    })
    await expect(
      door.sts({ ...session, sessionToken: 'other' }).send(new GetCallerIdentityCommand({})),
    ).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
  })

  test('trust policy, own policy and conditions all have a say', async () => {
    const door = await startSts()
    const ada = await createUser(door, 'ada', 's3:*')
    const eve = await createUser(door, 'eve', 'sts:*')
    const assume = (credentials: ClientCredentials, RoleArn: string, more = {}) =>
      door.sts(credentials).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'work', ...more }))
    const byAccount = await createRole(door, 'by-account', { Principal: { AWS: account } })
    const byName = await createRole(door, 'by-name', {
      Principal: { AWS: `arn:aws:iam::${account}:user/ada` },
    })
    const external = await createRole(door, 'external', {
      Principal: { AWS: '*' },
      Condition: { StringEquals: { 'sts:ExternalId': 'secret-word' } },
    })
    const refused = (who: string, arn: string) => ({
      name: 'AccessDenied',
      message: `User: arn:aws:iam::${account}:user/${who} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
    })
    // The account delegates to its users' own policies; a user that is named itself needs none.
    await expect(assume(ada, byAccount)).rejects.toMatchObject(refused('ada', byAccount))
    await expect(assume(eve, byAccount)).resolves.toBeDefined()
    await expect(assume(ada, byName)).resolves.toBeDefined()
    await expect(assume(eve, byName)).rejects.toMatchObject(refused('eve', byName))
    await expect(assume(eve, external)).rejects.toMatchObject(refused('eve', external))
    await expect(assume(eve, external, { ExternalId: 'secret-word' })).resolves.toBeDefined()
    const missing = `arn:aws:iam::${account}:role/missing`
    await expect(assume(eve, missing)).rejects.toMatchObject(refused('eve', missing))
    await expect(assume(root, missing)).rejects.toMatchObject({ name: 'AccessDenied' })
    await expect(assume(eve, byAccount, { DurationSeconds: 7200 })).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    })
  })

  test('another account needs both sides', async () => {
    const door = await startSts()
    const stranger = { accessKeyId: 'other', secretAccessKey: 'secret' }
    const closed = await createRole(door, 'closed', { Principal: { AWS: account } })
    const open = await createRole(door, 'open', { Principal: { AWS: '111111111111' } })
    const assume = (RoleArn: string) =>
      door.sts(stranger).send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'visit' }))
    await expect(assume(closed)).rejects.toMatchObject({ name: 'AccessDenied' })
    const visit = await assume(open)
    expect(await door.sts(keys(visit.Credentials)).send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: account,
      Arn: `arn:aws:sts::${account}:assumed-role/open/visit`,
    })
  })

  test('a session policy narrows, tags reach conditions, a source identity is kept', async () => {
    const door = await startSts()
    const ada = await createUser(door, 'ada', 'sts:*')
    const RoleArn = await createRole(
      door,
      'wide',
      { Principal: { AWS: account }, Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'] },
      'iam:*',
    )
    const answer = await door.sts(ada).send(
      new AssumeRoleCommand({
        RoleArn,
        RoleSessionName: 'narrow',
        SourceIdentity: 'Ada',
        Tags: [{ Key: 'team', Value: 'poets' }],
        Policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: 'iam:ListUsers',
              Resource: '*',
              Condition: { StringEquals: { 'aws:PrincipalTag/team': 'poets', 'aws:SourceIdentity': 'Ada' } },
            },
          ],
        }),
      }),
    )
    expect([answer.SourceIdentity, answer.PackedPolicySize]).toEqual(['Ada', expect.any(Number)])
    const iam = door.iam(keys(answer.Credentials))
    await expect(iam.send(new ListUsersCommand({}))).resolves.toBeDefined()
    await expect(iam.send(new GetUserCommand({ UserName: 'ada' }))).rejects.toMatchObject({
      message: `User: arn:aws:sts::${account}:assumed-role/wide/narrow is not authorized to perform: iam:GetUser on resource: user ada because no session policy allows the iam:GetUser action`,
    })
  })
})

describe('web identity', () => {
  const token = (claims: object) =>
    `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`
  const pool = 'us-east-1:0a1b2c3d'
  const trust = (amr: string) => ({
    Principal: { Federated: 'cognito-identity.amazonaws.com' },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: { 'cognito-identity.amazonaws.com:aud': pool },
      'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': amr },
    },
  })

  test('audience and methods decide; the request is not signed', async () => {
    const door = await startSts()
    const guests = await createRole(door, 'guests', trust('unauthenticated'))
    const members = await createRole(door, 'members', trust('authenticated'))
    const WebIdentityToken = token({
      iss: 'https://cognito-identity.amazonaws.com',
      aud: pool,
      sub: 'us-east-1:somebody',
      amr: ['unauthenticated'],
      exp: Math.floor(door.now / 1000) + 600,
    })
    const assume = (RoleArn: string, more = {}) =>
      door.sts().send(
        new AssumeRoleWithWebIdentityCommand({
          RoleArn,
          RoleSessionName: 'app',
          WebIdentityToken,
          ...more,
        }),
      )
    const answer = await assume(guests)
    expect(answer).toMatchObject({
      SubjectFromWebIdentityToken: 'us-east-1:somebody',
      Audience: pool,
      Provider: 'cognito-identity.amazonaws.com',
      AssumedRoleUser: { Arn: `arn:aws:sts::${account}:assumed-role/guests/app` },
    })
    const { principal } = (await door.identity.credentials.find(keys(answer.Credentials).accessKeyId)) ?? {}
    expect(principal?.sessionContext).toMatchObject({
      'cognito-identity.amazonaws.com:sub': 'us-east-1:somebody',
      'aws:FederatedProvider': 'cognito-identity.amazonaws.com',
    })
    await expect(assume(members)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'Not authorized to perform sts:AssumeRoleWithWebIdentity',
    })
    await expect(assume(guests, { WebIdentityToken: 'not-a-token' })).rejects.toMatchObject({
      name: 'InvalidIdentityTokenException',
    })
    await expect(
      assume(guests, {
        WebIdentityToken: token({ iss: 'https://cognito-identity.amazonaws.com', sub: 's', exp: 1 }),
      }),
    ).rejects.toMatchObject({ name: 'ExpiredTokenException' })
  })

  test('an OIDC provider of the account', async () => {
    const door = await startSts()
    const WebIdentityToken = token({
      iss: 'https://token.actions.example',
      aud: 'sts.amazonaws.com',
      sub: 'repo:a/b',
    })
    const RoleArn = await createRole(door, 'ci', {
      Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/token.actions.example` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringLike: { 'token.actions.example:sub': 'repo:a/*' } },
    })
    const command = new AssumeRoleWithWebIdentityCommand({ RoleArn, RoleSessionName: 'ci', WebIdentityToken })
    await expect(door.sts().send(command)).rejects.toMatchObject({
      name: 'InvalidIdentityTokenException',
      message: 'No OpenIDConnect provider found in your account for https://token.actions.example',
    })
    await door.iam().send(
      new CreateOpenIDConnectProviderCommand({
        Url: 'https://token.actions.example',
        ClientIDList: ['sts.amazonaws.com'],
      }),
    )
    await expect(door.sts().send(command)).resolves.toBeDefined()
  })
})

test('session and federation tokens', async () => {
  const door = await startSts({}, [createSsm()])
  const ada = await createUser(door, 'ada', 'iam:* sts:* ssm:*')
  const session = keys((await door.sts(ada).send(new GetSessionTokenCommand({}))).Credentials)
  expect(await door.sts(session).send(new GetCallerIdentityCommand({}))).toMatchObject({
    Arn: `arn:aws:iam::${account}:user/ada`,
  })
  await expect(door.sts(session).send(new GetSessionTokenCommand({}))).rejects.toMatchObject({
    name: 'AccessDenied',
    message: 'Cannot call GetSessionToken with session credentials',
  })
  const policy = (Action: string) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] })
  for (const issuer of [ada, root]) {
    const federated = await door
      .sts(issuer)
      .send(new GetFederationTokenCommand({ Name: 'guest', Policy: policy('ssm:DescribeParameters') }))
    expect(federated.FederatedUser).toEqual({
      Arn: `arn:aws:sts::${account}:federated-user/guest`,
      FederatedUserId: `${account}:guest`,
    })
    const guest = keys(federated.Credentials)
    const parameters = new SSMClient({ ...door.started.clientConfig(), credentials: guest })
    await expect(parameters.send(new DescribeParametersCommand({}))).resolves.toBeDefined()
    await expect(parameters.send(new GetParameterCommand({ Name: 'a' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    })
    // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetFederationToken.html#API_GetFederationToken_Permissions
    await expect(door.iam(guest).send(new ListUsersCommand({}))).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    })
  }
  expect(await door.sts().send(new GetAccessKeyInfoCommand({ AccessKeyId: ada.accessKeyId }))).toMatchObject({
    Account: account,
  })
})

test('the encoded message of a refusal tells what it was about', async () => {
  const door = await startSts()
  const ada = await createUser(door, 'ada', 's3:*')
  const { principal } = (await door.identity.credentials.find(ada.accessKeyId)) ?? {}
  if (principal === undefined) throw new Error('ada is unknown')
  const refusal: unknown = await Promise.resolve(
    door.identity.authorizer.authorize({
      principal,
      access: [{ action: 'sqs:SendMessage', resources: ['arn:aws:sqs:us-east-1:000000000000:q'] }],
      service: 'sqs',
      operation: 'SendMessage',
      protocol: 'awsJson1_0',
      account,
      region: 'us-east-1',
      sourceIp: '127.0.0.1',
      secure: false,
      userAgent: undefined,
      now: door.now,
      requestId: 'r',
    }),
  ).catch((error: unknown) => error)
  const { encodedMessage } = (refusal as { cause: { encodedMessage: string } }).cause
  const { DecodedMessage } = await door
    .sts()
    .send(new DecodeAuthorizationMessageCommand({ EncodedMessage: encodedMessage }))
  expect(JSON.parse(DecodedMessage ?? '')).toMatchObject({
    allowed: false,
    explicitDeny: false,
    context: { action: 'sqs:SendMessage', principal: { arn: `arn:aws:iam::${account}:user/ada` } },
  })
  await expect(
    door.sts().send(new DecodeAuthorizationMessageCommand({ EncodedMessage: 'nonsense' })),
  ).rejects.toMatchObject({ name: 'InvalidAuthorizationMessageException' })
})
