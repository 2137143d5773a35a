import {
  CreateSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager'
import {
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  PutParameterCommand,
  PutResourcePolicyCommand,
  SSMClient,
} from '@aws-sdk/client-ssm'
import { expect, test } from 'vitest'
import { type AuthorizationRequest, rootPrincipal } from '../../../src/aws/index.ts'
import { readSecret, secretsmanager } from '../../../src/services/secretsmanager/index.ts'
import { createSsm } from '../../../src/services/ssm/index.ts'
import { openStore } from '../../../src/stores/index.ts'
import { startDoor } from '../../support/aws-door.ts'

const first = '00000000-0000-4000-8000-000000000001'

test('secrets are read through Parameter Store', async () => {
  const { clientConfig } = await startDoor({ services: [createSsm({ readSecret }), secretsmanager] })
  const ssm = new SSMClient(clientConfig())
  const secrets = new SecretsManagerClient(clientConfig())
  const { ARN } = await secrets.send(
    new CreateSecretCommand({ Name: 'app/db', SecretString: 'one', ClientRequestToken: first }),
  )
  await secrets.send(new PutSecretValueCommand({ SecretId: 'app/db', SecretString: 'two' }))
  const Name = '/aws/reference/secretsmanager/app/db'
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name, WithDecryption: true }))
  const { SourceResult, ...shown } = Parameter ?? {}
  expect(shown).toEqual({
    Name,
    Type: 'SecureString',
    Value: 'two',
    Version: 0,
    LastModifiedDate: new Date('2026-01-01T00:00:00Z'),
    ARN,
    DataType: 'text',
  })
  expect(JSON.parse(SourceResult ?? '')).toMatchObject({ ARN, name: 'app/db', versionStages: ['AWSCURRENT'] })
  const value = async (suffix: string) =>
    (await ssm.send(new GetParameterCommand({ Name: Name + suffix, WithDecryption: true }))).Parameter?.Value
  expect([await value(':AWSPREVIOUS'), await value(`:${first}`)]).toEqual(['one', 'one'])
  const { Parameters, InvalidParameters } = await ssm.send(
    new GetParametersCommand({ Names: [Name, `${Name}/none`], WithDecryption: true }),
  )
  expect([Parameters?.map(one => one.Value), InvalidParameters]).toEqual([['two'], [`${Name}/none`]])
  await expect(ssm.send(new GetParameterCommand({ Name }))).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'WithDecryption flag must be True for retrieving a Secret Manager secret.',
  })
  await expect(value('/none')).rejects.toMatchObject({
    name: 'ParameterNotFound',
    message: expect.stringContaining(`Secret ${Name}/none not found.`),
  })
})

test('each operation asks for its parameters, and another account brings the policy that shares them', async () => {
  const store = await openStore({ kind: 'memory' })
  const asked: AuthorizationRequest[] = []
  const door = (account: string) => {
    const principal = rootPrincipal(account)
    return startDoor({
      services: [createSsm()],
      store,
      authenticator: { authenticate: ({ body }) => ({ principal, body }) },
      authorizer: { authorize: request => void asked.push(request) },
    })
  }
  const ssm = new SSMClient((await door('000000000000')).clientConfig())
  const arn = 'arn:aws:ssm:us-east-1:000000000000:parameter/a/b'
  await ssm.send(
    new PutParameterCommand({ Name: '/a/b', Value: 'x', Type: 'String', Tier: 'Advanced', Overwrite: true }),
  )
  await ssm.send(new GetParametersByPathCommand({ Path: '/a/', Recursive: true }))
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: '111111111111' },
    Action: 'ssm:GetParameter',
    Resource: arn,
  }
  const policy = { Version: '2012-10-17', Statement: [statement] }
  await ssm.send(new PutResourcePolicyCommand({ ResourceArn: arn, Policy: JSON.stringify(policy) }))
  const other = new SSMClient((await door('111111111111')).clientConfig())
  expect((await other.send(new GetParameterCommand({ Name: arn }))).Parameter?.Value).toBe('x')
  await expect(other.send(new GetParameterCommand({ Name: '/a/b' }))).rejects.toMatchObject({
    name: 'ParameterNotFound',
  })
  expect(asked.map(({ access }) => access)).toEqual([
    [{ action: 'ssm:PutParameter', resources: [arn], conditions: { 'ssm:Overwrite': true } }],
    [
      {
        action: 'ssm:GetParametersByPath',
        resources: ['arn:aws:ssm:us-east-1:000000000000:parameter/a'],
        conditions: { 'ssm:Recursive': true },
      },
    ],
    [{ action: 'ssm:PutResourcePolicy', resources: [arn] }],
    [
      {
        action: 'ssm:GetParameter',
        resources: [arn],
        resourceAccount: '000000000000',
        resourcePolicy: policy,
      },
    ],
    [{ action: 'ssm:GetParameter', resources: ['arn:aws:ssm:us-east-1:111111111111:parameter/a/b'] }],
  ])
})
