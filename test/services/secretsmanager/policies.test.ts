import {
  CreateSecretCommand,
  DeleteResourcePolicyCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  type GetRandomPasswordCommandInput,
  GetResourcePolicyCommand,
  GetSecretValueCommand,
  PutResourcePolicyCommand,
  PutSecretValueCommand,
  RemoveRegionsFromReplicationCommand,
  ReplicateSecretToRegionsCommand,
  SecretsManagerClient,
  StopReplicationToReplicaCommand,
  ValidateResourcePolicyCommand,
} from '@aws-sdk/client-secrets-manager'
import { expect, test } from 'vitest'
import type { AuthorizationRequest } from '../../../src/aws/index.ts'
import { createRandomIds } from '../../../src/ports/index.ts'
import { secretsmanager } from '../../../src/services/secretsmanager/index.ts'
import { startDoor } from '../../support/aws-door.ts'

async function start() {
  const asked: AuthorizationRequest[] = []
  const door = await startDoor({
    services: [secretsmanager],
    ids: createRandomIds(),
    authorizer: { authorize: request => void asked.push(request) },
  })
  const client = new SecretsManagerClient(door.clientConfig())
  const elsewhere = new SecretsManagerClient({ ...door.clientConfig(), region: 'eu-west-1' })
  const { ARN = '' } = await client.send(new CreateSecretCommand({ Name: 's', SecretString: 'v' }))
  return { client, elsewhere, asked, ARN }
}

const policy = (principal: unknown, condition?: unknown): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: principal,
        Action: 'secretsmanager:GetSecretValue',
        Resource: '*',
        Condition: condition,
      },
    ],
  })

test('a resource policy is kept as written and given to the policy engine', async () => {
  const { client, asked, ARN } = await start()
  const own = policy({ AWS: 'arn:aws:iam::000000000000:root' })
  await client.send(new PutResourcePolicyCommand({ SecretId: 's', ResourcePolicy: own }))
  const read = await client.send(new GetResourcePolicyCommand({ SecretId: 's' }))
  expect([read.ARN, read.Name, read.ResourcePolicy]).toEqual([ARN, 's', own])
  await client.send(new GetSecretValueCommand({ SecretId: 's', VersionStage: 'AWSCURRENT' }))
  expect(asked.at(-1)?.access).toEqual([
    {
      action: 'secretsmanager:GetSecretValue',
      resources: [ARN],
      conditions: {
        'secretsmanager:SecretId': 's',
        'secretsmanager:VersionStage': 'AWSCURRENT',
        'secretsmanager:resource/AllowRotationLambdaArn': '',
      },
      resourcePolicy: JSON.parse(own),
    },
  ])
  await client.send(new DeleteResourcePolicyCommand({ SecretId: 's' }))
  const gone = await client.send(new GetResourcePolicyCommand({ SecretId: 's' }))
  expect(gone.ResourcePolicy).toBeUndefined()
})

test('policies are checked: JSON, grammar, and broad access when asked', async () => {
  const { client } = await start()
  const put = (ResourcePolicy: string, BlockPublicPolicy?: boolean) =>
    client.send(new PutResourcePolicyCommand({ SecretId: 's', ResourcePolicy, BlockPublicPolicy }))
  await expect(put('{')).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' })
  await expect(put('{"Version":"2012-10-17"}')).rejects.toMatchObject({
    name: 'MalformedPolicyDocumentException',
  })
  await expect(put(policy('*'), true)).rejects.toMatchObject({ name: 'PublicPolicyException' })
  await put(policy('*'))
  await put(policy('*', { StringEquals: { 'aws:PrincipalAccount': '000000000000' } }), true)
  const validate = async (ResourcePolicy: string) => {
    const { PolicyValidationPassed, ValidationErrors } = await client.send(
      new ValidateResourcePolicyCommand({ ResourcePolicy }),
    )
    return [PolicyValidationPassed, ValidationErrors?.map(({ CheckName }) => CheckName)]
  }
  expect(await validate(policy({ AWS: '111111111111' }))).toEqual([true, []])
  expect(await validate(policy({ AWS: '*' }))).toEqual([false, ['BLOCK_PUBLIC_POLICY']])
})

test('replicas follow in other regions until they are promoted or removed', async () => {
  const { client, elsewhere, ARN } = await start()
  const { ReplicationStatus } = await client.send(
    new ReplicateSecretToRegionsCommand({ SecretId: 's', AddReplicaRegions: [{ Region: 'eu-west-1' }] }),
  )
  expect(ReplicationStatus).toEqual([
    {
      Region: 'eu-west-1',
      KmsKeyId: 'alias/aws/secretsmanager',
      Status: 'InSync',
      StatusMessage: 'Replication succeeded',
    },
  ])
  const there = async () => {
    const { ARN: arn, SecretString } = await elsewhere.send(new GetSecretValueCommand({ SecretId: 's' }))
    return [arn, SecretString]
  }
  const replica = ARN.replace('us-east-1', 'eu-west-1')
  expect(await there()).toEqual([replica, 'v'])
  await client.send(new PutSecretValueCommand({ SecretId: 's', SecretString: 'w' }))
  expect(await there()).toEqual([replica, 'w'])
  expect((await elsewhere.send(new DescribeSecretCommand({ SecretId: 's' }))).PrimaryRegion).toBe('us-east-1')
  const write = () => elsewhere.send(new PutSecretValueCommand({ SecretId: 's', SecretString: 'x' }))
  await expect(write()).rejects.toMatchObject({
    name: 'InvalidRequestException',
    message: "Operation not permitted on a replica secret. Call must be made in primary secret's region.",
  })
  await expect(client.send(new DeleteSecretCommand({ SecretId: 's' }))).rejects.toMatchObject({
    name: 'InvalidRequestException',
    message: "You can't delete secret s that still has replica regions [eu-west-1]",
  })
  await elsewhere.send(new StopReplicationToReplicaCommand({ SecretId: 's' }))
  await write()
  expect(await there()).toEqual([replica, 'x'])
  await expect(
    client.send(
      new ReplicateSecretToRegionsCommand({ SecretId: 's', AddReplicaRegions: [{ Region: 'eu-west-1' }] }),
    ),
  ).rejects.toMatchObject({ name: 'InvalidRequestException' })
  await client.send(
    new ReplicateSecretToRegionsCommand({
      SecretId: 's',
      AddReplicaRegions: [{ Region: 'eu-west-1' }],
      ForceOverwriteReplicaSecret: true,
    }),
  )
  expect(await there()).toEqual([replica, 'w'])
  await client.send(
    new RemoveRegionsFromReplicationCommand({ SecretId: 's', RemoveReplicaRegions: ['eu-west-1'] }),
  )
  await expect(there()).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
})

test('random passwords keep what is asked of them', async () => {
  const { client } = await start()
  const password = async (input: GetRandomPasswordCommandInput = {}): Promise<string> =>
    (await client.send(new GetRandomPasswordCommand(input))).RandomPassword ?? ''
  const first = await password()
  expect(first).toHaveLength(32)
  expect(await password()).not.toBe(first)
  for (const type of [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/])
    expect(await password({ PasswordLength: 4 })).toMatch(type)
  expect(
    await password({ PasswordLength: 4096, ExcludePunctuation: true, ExcludeCharacters: 'aB3' }),
  ).toMatch(/^[b-zAC-Z0-24-9]{4096}$/)
  const spaced = {
    ExcludeLowercase: true,
    ExcludeUppercase: true,
    ExcludeNumbers: true,
    ExcludePunctuation: true,
  }
  expect(await password({ ...spaced, IncludeSpace: true, PasswordLength: 3 })).toBe('   ')
  await expect(password({ PasswordLength: 3 })).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: 'Password length too short based on the required types.',
  })
  expect(await password({ PasswordLength: 1, RequireEachIncludedType: false })).toHaveLength(1)
  await expect(password(spaced)).rejects.toMatchObject({ name: 'InvalidParameterException' })
})
