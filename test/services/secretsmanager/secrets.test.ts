import {
  BatchGetSecretValueCommand,
  CreateSecretCommand,
  type CreateSecretCommandInput,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  type GetSecretValueCommandInput,
  ListSecretsCommand,
  type ListSecretsCommandInput,
  PutSecretValueCommand,
  RestoreSecretCommand,
  SecretsManagerClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager'
import { expect, test } from 'vitest'
import { secretsmanager } from '../../../src/services/secretsmanager/index.ts'
import { secrets } from '../../../src/services/secretsmanager/state.ts'
import { openStore } from '../../../src/stores/index.ts'
import { startDoor } from '../../support/aws-door.ts'
import { createManualClock } from '../../support/manual-clock.ts'

const day = 86_400_000
const started = new Date('2026-01-01T00:00:00Z')

async function start() {
  const clock = createManualClock()
  const { clientConfig, endpoint } = await startDoor({ services: [secretsmanager], clock })
  const client = new SecretsManagerClient(clientConfig())
  const bare = <Answer extends { $metadata: unknown }>({ $metadata: _, ...answer }: Answer) => answer
  return {
    clock,
    client,
    endpoint,
    create: async (Name: string, rest: Partial<CreateSecretCommandInput> = {}) =>
      bare(await client.send(new CreateSecretCommand({ Name, SecretString: `value of ${Name}`, ...rest }))),
    get: async (SecretId: string, rest: Partial<GetSecretValueCommandInput> = {}) =>
      bare(await client.send(new GetSecretValueCommand({ SecretId, ...rest }))),
    describe: async (SecretId: string) => bare(await client.send(new DescribeSecretCommand({ SecretId }))),
  }
}

const token = (at: number): string => `00000000-0000-4000-8000-00000000000${at}`

test('a secret is read by name, ARN and ARN without its ending', async () => {
  const { create, get, describe, client } = await start()
  const made = await create('Valid/_+=.@-Name', { ClientRequestToken: token(1), Description: 'why' })
  expect(made).toEqual({
    ARN: expect.stringMatching(
      /^arn:aws:secretsmanager:us-east-1:000000000000:secret:Valid\/_\+=\.@-Name-[A-Za-z0-9]{6}$/,
    ),
    Name: 'Valid/_+=.@-Name',
    VersionId: token(1),
  })
  const arn = made.ARN ?? ''
  const expected = {
    ARN: arn,
    Name: 'Valid/_+=.@-Name',
    VersionId: token(1),
    SecretString: 'value of Valid/_+=.@-Name',
    VersionStages: ['AWSCURRENT'],
    CreatedDate: started,
  }
  for (const id of ['Valid/_+=.@-Name', arn, arn.slice(0, -7)]) expect(await get(id)).toEqual(expected)
  expect(await describe(arn)).toEqual({
    ARN: arn,
    Name: 'Valid/_+=.@-Name',
    Description: 'why',
    LastChangedDate: started,
    LastAccessedDate: started,
    CreatedDate: started,
    VersionIdsToStages: { [token(1)]: ['AWSCURRENT'] },
  })
  await expect(get(`${arn.slice(0, -6)}AAAAAA`)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  await expect(client.send(new GetSecretValueCommand({ SecretId: 'bad name' }))).rejects.toMatchObject({
    name: 'ValidationException',
    message:
      'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
  })
})

test('a name that ends like an ARN is not found by a partial ARN, as on AWS', async () => {
  const { create, get } = await start()
  const { ARN = '' } = await create('Name-a1b2c3')
  expect((await get(ARN)).Name).toBe('Name-a1b2c3')
  await expect(get(ARN.slice(0, -7))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: "Secrets Manager can't find the specified secret.",
  })
})

test('binary values come back as bytes', async () => {
  const { create, get } = await start()
  const SecretBinary = Uint8Array.from([0, 1, 254, 255])
  await create('binary', { SecretString: undefined, SecretBinary })
  const found = await get('binary')
  expect([Buffer.from(found.SecretBinary ?? []).equals(SecretBinary), found.SecretString]).toEqual([
    true,
    undefined,
  ])
  await expect(create('both', { SecretBinary })).rejects.toMatchObject({ name: 'InvalidParameterException' })
})

test('the same token with the same value is the same request', async () => {
  const { create, client, get } = await start()
  const first = await create('s', { ClientRequestToken: token(1) })
  expect(await create('s', { ClientRequestToken: token(1) })).toEqual(first)
  await expect(create('s', { ClientRequestToken: token(1), SecretString: 'other' })).rejects.toMatchObject({
    name: 'ResourceExistsException',
    message: 'The operation failed because the secret s already exists.',
  })
  const put = (SecretString: string) =>
    client.send(new PutSecretValueCommand({ SecretId: 's', SecretString, ClientRequestToken: token(2) }))
  expect((await put('two')).VersionStages).toEqual(['AWSCURRENT'])
  expect((await put('two')).VersionId).toBe(token(2))
  await expect(put('three')).rejects.toMatchObject({
    name: 'ResourceExistsException',
    message: `You can't use ClientRequestToken ${token(2)} because that value is already in use for a version of secret ${first.ARN}.`,
  })
  expect((await get('s')).SecretString).toBe('two')
})

test('values that are not there are named', async () => {
  const { create, get, client } = await start()
  await create('s', { ClientRequestToken: token(1) })
  await expect(get('none')).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: "Secrets Manager can't find the specified secret.",
  })
  await expect(get('s', { VersionStage: 'AWSPREVIOUS' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: "Secrets Manager can't find the specified secret value for staging label: AWSPREVIOUS",
  })
  await expect(get('s', { VersionId: token(9) })).rejects.toMatchObject({
    message: `Secrets Manager can't find the specified secret value for VersionId: ${token(9)}`,
  })
  await expect(get('s', { VersionId: token(1), VersionStage: 'AWSPREVIOUS' })).rejects.toMatchObject({
    name: 'InvalidRequestException',
    message: 'You provided a VersionStage that is not associated to the provided VersionId.',
  })
  await create('empty', { SecretString: undefined })
  await expect(get('empty')).rejects.toMatchObject({
    message: "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
  })
  await expect(client.send(new PutSecretValueCommand({ SecretId: 's' }))).rejects.toMatchObject({
    name: 'InvalidRequestException',
    message: 'You must provide either SecretString or SecretBinary.',
  })
})

test('an update of the description makes no version, one of the value does', async () => {
  const { create, describe, client } = await start()
  const { ARN } = await create('s', { ClientRequestToken: token(1) })
  const update = async (rest: object) => {
    const { $metadata: _, ...answer } = await client.send(new UpdateSecretCommand({ SecretId: 's', ...rest }))
    return answer
  }
  expect(await update({ Description: 'new', KmsKeyId: 'alias/k' })).toEqual({ ARN, Name: 's' })
  expect(await update({ SecretString: 'two', ClientRequestToken: token(2) })).toEqual({
    ARN,
    Name: 's',
    VersionId: token(2),
  })
  const described = await describe('s')
  expect([described.Description, described.KmsKeyId, described.VersionIdsToStages]).toEqual([
    'new',
    'alias/k',
    { [token(1)]: ['AWSPREVIOUS'], [token(2)]: ['AWSCURRENT'] },
  ])
})

test('deletion waits for the recovery window, by the clock; restoring stops it', async () => {
  const { create, get, describe, client, clock } = await start()
  const { ARN } = await create('s')
  const remove = (rest: object = {}) => client.send(new DeleteSecretCommand({ SecretId: 's', ...rest }))
  const { $metadata: _, ...gone } = await remove({ RecoveryWindowInDays: 7 })
  expect(gone).toEqual({ ARN, Name: 's', DeletionDate: new Date(started.getTime() + 7 * day) })
  const marked = {
    name: 'InvalidRequestException',
    message: "You can't perform this operation on the secret because it was marked for deletion.",
  }
  await expect(get('s')).rejects.toMatchObject(marked)
  await expect(
    client.send(new UpdateSecretCommand({ SecretId: 's', Description: 'x' })),
  ).rejects.toMatchObject(marked)
  await expect(create('s')).rejects.toMatchObject({
    name: 'InvalidRequestException',
    message:
      "You can't create this secret because a secret with this name is already scheduled for deletion.",
  })
  expect((await describe('s')).DeletedDate).toEqual(new Date(started.getTime() + 7 * day))
  await client.send(new RestoreSecretCommand({ SecretId: 's' }))
  clock.move(40 * day)
  expect((await get('s')).SecretString).toBe('value of s')
  await remove()
  clock.move(29 * day)
  expect((await describe('s')).Name).toBe('s')
  clock.move(day)
  await expect.poll(() => describe('s').catch(error => error.name)).toBe('ResourceNotFoundException')
  expect((await create('s')).ARN).not.toBe(ARN)
  await remove({ ForceDeleteWithoutRecovery: true })
  await remove({ ForceDeleteWithoutRecovery: true })
  await expect(remove()).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  await expect(remove({ RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true })).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
  })
})

test('what fell due while the simulator was away is done at its start, before any call', async () => {
  const store = await openStore({ kind: 'memory' })
  const first = await startDoor({ services: [secretsmanager], store })
  const client = new SecretsManagerClient(first.clientConfig())
  await client.send(new CreateSecretCommand({ Name: 'gone', SecretString: 'x' }))
  await client.send(new CreateSecretCommand({ Name: 'kept', SecretString: 'x' }))
  await client.send(new DeleteSecretCommand({ SecretId: 'gone', RecoveryWindowInDays: 7 }))
  await first.door.close()
  await startDoor({
    services: [secretsmanager],
    store,
    clock: createManualClock(started.getTime() + 8 * day),
  })
  const names = (): string[] => {
    const found = store.read(reader => [...secrets.under(reader)].map(([, { name }]) => name))
    return found as string[]
  }
  await expect.poll(names).toEqual(['kept'])
})

test('tags appear with the first one and stay as an empty list', async () => {
  const { create, describe, client } = await start()
  await create('s')
  const tags = async () => (await describe('s')).Tags
  expect(await tags()).toBeUndefined()
  await client.send(
    new TagResourceCommand({
      SecretId: 's',
      Tags: [
        { Key: 'tag1', Value: 'a' },
        { Key: 'tag2', Value: 'b' },
      ],
    }),
  )
  await client.send(new TagResourceCommand({ SecretId: 's', Tags: [{ Key: 'tag1', Value: 'c' }] }))
  expect(await tags()).toEqual([
    { Key: 'tag1', Value: 'c' },
    { Key: 'tag2', Value: 'b' },
  ])
  await client.send(new UntagResourceCommand({ SecretId: 's', TagKeys: ['tag1', 'tag2'] }))
  expect(await tags()).toEqual([])
})

test('ListSecrets filters, sorts and pages', async () => {
  const { create, client, clock } = await start()
  await create('prod/db', { Description: 'The Database password', Tags: [{ Key: 'team', Value: 'blue' }] })
  clock.move(1000)
  await create('prod/api')
  clock.move(1000)
  await create('dev/db', { Description: 'a toy' })
  await create('gone')
  await client.send(new DeleteSecretCommand({ SecretId: 'gone' }))
  const list = async (input: ListSecretsCommandInput) =>
    (await client.send(new ListSecretsCommand(input))).SecretList?.map(({ Name }) => Name)
  const filter = (Key: string, ...Values: string[]) => list({ Filters: [{ Key: Key as 'name', Values }] })
  expect(await list({})).toEqual(['prod/db', 'prod/api', 'dev/db'])
  expect(await list({ SortOrder: 'desc' })).toEqual(['dev/db', 'prod/api', 'prod/db'])
  expect(await list({ IncludePlannedDeletion: true })).toHaveLength(4)
  expect(await filter('name', 'prod/')).toEqual(['prod/db', 'prod/api'])
  expect(await filter('name', 'prod/', '!prod/api')).toEqual(['prod/db'])
  expect(await filter('name', 'PROD')).toEqual([])
  expect(await filter('description', 'data')).toEqual(['prod/db'])
  expect(await filter('tag-key', 'te')).toEqual(['prod/db'])
  expect(await filter('tag-value', 'blue', 'red')).toEqual(['prod/db'])
  expect(await filter('all', 'toy')).toEqual(['dev/db'])
  const page = await client.send(new ListSecretsCommand({ MaxResults: 2 }))
  expect(await list({ MaxResults: 2, NextToken: page.NextToken })).toEqual(['dev/db'])
  await expect(list({ NextToken: 'nonsense' })).rejects.toMatchObject({ name: 'InvalidNextTokenException' })
})

test('BatchGetSecretValue answers what it can and names what it cannot', async () => {
  const { create, client } = await start()
  await create('a')
  await create('b')
  const batch = async (input: object) => {
    const { SecretValues, Errors } = await client.send(new BatchGetSecretValueCommand(input))
    return [SecretValues?.map(({ Name, SecretString }) => [Name, SecretString]), Errors]
  }
  expect(await batch({ SecretIdList: ['a', 'none', 'b'] })).toEqual([
    [
      ['a', 'value of a'],
      ['b', 'value of b'],
    ],
    [
      {
        SecretId: 'none',
        ErrorCode: 'ResourceNotFoundException',
        Message: "Secrets Manager can't find the specified secret.",
      },
    ],
  ])
  expect(await batch({ Filters: [{ Key: 'name', Values: ['b'] }] })).toEqual([[['b', 'value of b']], []])
  await expect(batch({})).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: "Either 'SecretIdList' or 'Filters' must be provided, but not both.",
  })
})

test('a bare request without token is refused', async () => {
  const { endpoint } = await start()
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'secretsmanager.CreateSecret' },
    body: JSON.stringify({ Name: 's', SecretString: 'x' }),
  })
  expect([answer.status, await answer.json()]).toEqual([
    400,
    expect.objectContaining({ __type: expect.stringContaining('InvalidRequestException') }),
  ])
})
