import {
  AddTagsToResourceCommand,
  DescribeParametersCommand,
  type DescribeParametersCommandInput,
  GetParameterCommand,
  GetParametersByPathCommand,
  type GetParametersByPathCommandInput,
  GetServiceSettingCommand,
  LabelParameterVersionCommand,
  ListTagsForResourceCommand,
  PutParameterCommand,
  RemoveTagsFromResourceCommand,
  ResetServiceSettingCommand,
  SSMClient,
  UnlabelParameterVersionCommand,
  UpdateServiceSettingCommand,
} from '@aws-sdk/client-ssm'
import { expect, test } from 'vitest'
import { createSsm } from '../../../src/services/ssm/index.ts'
import { startDoor } from '../../support/aws-door.ts'

async function start(): Promise<SSMClient> {
  const { clientConfig } = await startDoor({ services: [createSsm()] })
  const ssm = new SSMClient(clientConfig())
  const put = async (Name: string, rest: object = {}): Promise<void> => {
    await ssm.send(new PutParameterCommand({ Name, Value: Name, Type: 'String', ...rest }))
  }
  await put('plain')
  await put('/a/one')
  await put('/a/two', { Type: 'SecureString', KeyId: 'alias/mine' })
  await put('/a/b/three', { Type: 'StringList' })
  await put('/a/b/four', { Tier: 'Advanced', Tags: [{ Key: 'team', Value: 'blue' }] })
  await put('/ab', {})
  return ssm
}

const byPath = async (ssm: SSMClient, input: GetParametersByPathCommandInput): Promise<unknown[]> =>
  ((await ssm.send(new GetParametersByPathCommand(input))).Parameters ?? []).map(({ Name }) => Name)

const described = async (ssm: SSMClient, input: DescribeParametersCommandInput): Promise<unknown[]> =>
  ((await ssm.send(new DescribeParametersCommand(input))).Parameters ?? []).map(({ Name }) => Name)

test('GetParametersByPath lists one level or all, by filters, in pages', async () => {
  const ssm = await start()
  expect(await byPath(ssm, { Path: '/a' })).toEqual(['/a/one', '/a/two'])
  expect(await byPath(ssm, { Path: '/a/' })).toEqual(['/a/one', '/a/two'])
  expect(await byPath(ssm, { Path: '/a', Recursive: true })).toEqual([
    '/a/b/four',
    '/a/b/three',
    '/a/one',
    '/a/two',
  ])
  expect(await byPath(ssm, { Path: '/', Recursive: false })).toEqual(['/ab', 'plain'])
  expect(await byPath(ssm, { Path: '/none', Recursive: true })).toEqual([])
  const filter = (Key: string, ...Values: string[]) => ({
    Path: '/a',
    Recursive: true,
    ParameterFilters: [{ Key, Values }],
  })
  expect(await byPath(ssm, filter('Type', 'SecureString', 'StringList'))).toEqual(['/a/b/three', '/a/two'])
  expect(await byPath(ssm, filter('KeyId', 'alias/mine'))).toEqual(['/a/two'])
  const pages: unknown[] = []
  let NextToken: string | undefined
  do {
    const page: { Parameters?: { Name?: string | undefined }[] | undefined; NextToken?: string | undefined } =
      await ssm.send(
        new GetParametersByPathCommand({ Path: '/a', Recursive: true, MaxResults: 2, NextToken }),
      )
    pages.push(page.Parameters?.map(({ Name }) => Name))
    NextToken = page.NextToken
  } while (NextToken !== undefined)
  expect(pages).toEqual([
    ['/a/b/four', '/a/b/three'],
    ['/a/one', '/a/two'],
  ])
})

test('GetParametersByPath refuses bad paths, filters and tokens in AWS words', async () => {
  const ssm = await start()
  await expect(byPath(ssm, { Path: 'a' })).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('The parameter name must begin with a forward slash "/".'),
  })
  await expect(
    byPath(ssm, { Path: '/a', ParameterFilters: [{ Key: 'Name', Values: ['x'] }] }),
  ).rejects.toMatchObject({
    name: 'InvalidFilterKey',
    message: 'The following filter key is not valid: Name. Valid filter keys include: [Type, KeyId, Label].',
  })
  await expect(byPath(ssm, { Path: '/a', NextToken: 'nonsense' })).rejects.toMatchObject({
    name: 'InvalidNextToken',
  })
  await expect(byPath(ssm, { Path: '/a', MaxResults: 11 })).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('Member must have value less than or equal to 10'),
  })
})

test('DescribeParameters filters by everything it knows', async () => {
  const ssm = await start()
  const filtered = (Key: string, Option: string | undefined, ...Values: string[]): Promise<unknown[]> =>
    described(ssm, { ParameterFilters: [{ Key, Option, ...(Values.length > 0 ? { Values } : {}) }] })
  expect(await described(ssm, {})).toEqual(['/a/b/four', '/a/b/three', '/a/one', '/a/two', '/ab', 'plain'])
  expect(await filtered('Name', undefined, '/a/one', '/plain')).toEqual(['/a/one', 'plain'])
  expect(await filtered('Name', 'BeginsWith', '/a/b')).toEqual(['/a/b/four', '/a/b/three'])
  expect(await filtered('Name', 'Contains', 'o')).toEqual(['/a/b/four', '/a/one', '/a/two'])
  expect(await filtered('Type', undefined, 'StringList')).toEqual(['/a/b/three'])
  expect(await filtered('KeyId', 'BeginsWith', 'alias/')).toEqual(['/a/two'])
  expect(await filtered('Path', undefined, '/a')).toEqual(['/a/one', '/a/two'])
  expect(await filtered('Path', 'Recursive', '/a/b')).toEqual(['/a/b/four', '/a/b/three'])
  expect(await filtered('Tier', undefined, 'Advanced')).toEqual(['/a/b/four'])
  expect(await filtered('DataType', undefined, 'text')).toHaveLength(6)
  expect(await filtered('tag:team', undefined, 'blue')).toEqual(['/a/b/four'])
  expect(await filtered('tag:team', 'BeginsWith', 'b')).toEqual(['/a/b/four'])
  expect(await filtered('tag:team', undefined)).toEqual(['/a/b/four'])
  expect(await filtered('tag:team', undefined, 'red')).toEqual([])
  expect(await described(ssm, { Filters: [{ Key: 'Name', Values: ['/a/b'] }] })).toEqual([
    '/a/b/four',
    '/a/b/three',
  ])
})

test('DescribeParameters tells everything but the value', async () => {
  const ssm = await start()
  const { Parameters } = await ssm.send(
    new DescribeParametersCommand({ ParameterFilters: [{ Key: 'Name', Values: ['/a/two'] }] }),
  )
  expect(Parameters).toEqual([
    {
      Name: '/a/two',
      ARN: 'arn:aws:ssm:us-east-1:000000000000:parameter/a/two',
      Type: 'SecureString',
      KeyId: 'alias/mine',
      LastModifiedDate: new Date('2026-01-01T00:00:00Z'),
      LastModifiedUser: 'arn:aws:iam::000000000000:root',
      Version: 1,
      Tier: 'Standard',
      Policies: [],
      DataType: 'text',
    },
  ])
})

test.each([
  [{ Key: 'Label', Values: ['x'] }, 'InvalidFilterKey', /^The following filter key is not valid: Label\./],
  [
    { Key: 'Name', Option: 'Recursive', Values: ['x'] },
    'InvalidFilterOption',
    'The following filter option is not valid: Recursive. Valid options include: [BeginsWith, Contains, Equals].',
  ],
  [
    { Key: 'Path', Option: 'Equals', Values: ['/x'] },
    'InvalidFilterOption',
    'The following filter option is not valid: Equals. Valid options include: [Recursive, OneLevel].',
  ],
  [
    { Key: 'Name' },
    'InvalidFilterValue',
    'The following filter values are missing : null for filter key Name.',
  ],
  [
    { Key: 'Tier', Values: ['Gold'] },
    'InvalidFilterValue',
    /^The following filter value is not valid: Gold\./,
  ],
  [
    { Key: 'Path', Values: ['/aws/x'] },
    'ValidationException',
    /^Filters for common parameters can't be prefixed with/,
  ],
])('DescribeParameters refuses the filter %o', async (filter, name, message) => {
  const ssm = await start()
  await expect(described(ssm, { ParameterFilters: [filter] })).rejects.toMatchObject({
    name,
    message: typeof message === 'string' ? message : expect.stringMatching(message),
  })
})

test('labels are attached, moved and taken away', async () => {
  const ssm = await start()
  const label = (ParameterVersion: number | undefined, ...Labels: string[]) =>
    ssm.send(new LabelParameterVersionCommand({ Name: '/a/one', ParameterVersion, Labels }))
  await ssm.send(new PutParameterCommand({ Name: '/a/one', Value: 'second', Overwrite: true }))
  const first = await label(1, 'live', 'old', '1st', 'aws-x', 'has space')
  expect([first.ParameterVersion, first.InvalidLabels]).toEqual([1, ['1st', 'aws-x', 'has space']])
  expect((await label(undefined, 'live')).ParameterVersion).toBe(2)
  const read = async (Name: string): Promise<unknown[]> => {
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name }))
    return [Parameter?.Version, Parameter?.Value, Parameter?.Selector]
  }
  expect(await read('/a/one:live')).toEqual([2, 'second', ':live'])
  expect(await read('/a/one:old')).toEqual([1, '/a/one', ':old'])
  expect(await byPath(ssm, { Path: '/a', ParameterFilters: [{ Key: 'Label', Values: ['old'] }] })).toEqual([
    '/a/one',
  ])
  await expect(label(9, 'x')).rejects.toMatchObject({ name: 'ParameterVersionNotFound' })
  await expect(label(1, ...'abcdefghij'.split(''))).rejects.toMatchObject({
    name: 'ParameterVersionLabelLimitExceeded',
  })
  const gone = await ssm.send(
    new UnlabelParameterVersionCommand({ Name: '/a/one', ParameterVersion: 1, Labels: ['old', 'live'] }),
  )
  expect([gone.RemovedLabels, gone.InvalidLabels]).toEqual([['old'], ['live']])
  await expect(read('/a/one:old')).rejects.toMatchObject({ name: 'ParameterVersionNotFound' })
})

test('a labelled oldest version is not dropped', async () => {
  const ssm = await start()
  const put = () => ssm.send(new PutParameterCommand({ Name: '/a/one', Value: 'x', Overwrite: true }))
  await ssm.send(new LabelParameterVersionCommand({ Name: '/a/one', ParameterVersion: 1, Labels: ['keep'] }))
  for (let version = 2; version <= 100; version++) await put()
  await expect(put()).rejects.toMatchObject({
    name: 'ParameterMaxVersionLimitExceeded',
    message:
      "You attempted to create a new version of /a/one by calling the PutParameter API with the overwrite flag. Version 1, the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again.",
  })
})

test('tags', async () => {
  const ssm = await start()
  const resource = { ResourceType: 'Parameter', ResourceId: '/a/one' } as const
  const tags = async (): Promise<unknown> =>
    (await ssm.send(new ListTagsForResourceCommand(resource))).TagList
  await ssm.send(
    new AddTagsToResourceCommand({
      ...resource,
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    }),
  )
  await ssm.send(new AddTagsToResourceCommand({ ...resource, Tags: [{ Key: 'a', Value: '3' }] }))
  await ssm.send(new RemoveTagsFromResourceCommand({ ...resource, TagKeys: ['b', 'none'] }))
  expect(await tags()).toEqual([{ Key: 'a', Value: '3' }])
  await expect(
    ssm.send(new ListTagsForResourceCommand({ ...resource, ResourceId: '/none' })),
  ).rejects.toMatchObject({ name: 'InvalidResourceId' })
  await expect(
    ssm.send(new ListTagsForResourceCommand({ ResourceType: 'Document', ResourceId: 'x' })),
  ).rejects.toMatchObject({ name: 'InvalidResourceType' })
})

test('the default tier is an account setting', async () => {
  const ssm = await start()
  const SettingId = '/ssm/parameter-store/default-parameter-tier'
  const setting = async (): Promise<unknown[]> => {
    const { ServiceSetting } = await ssm.send(new GetServiceSettingCommand({ SettingId }))
    return [ServiceSetting?.SettingValue, ServiceSetting?.Status]
  }
  expect(await setting()).toEqual(['Standard', 'Default'])
  await ssm.send(new UpdateServiceSettingCommand({ SettingId, SettingValue: 'Advanced' }))
  expect(await setting()).toEqual(['Advanced', 'Customized'])
  const { Tier } = await ssm.send(new PutParameterCommand({ Name: '/new', Value: 'x', Type: 'String' }))
  expect(Tier).toBe('Advanced')
  await ssm.send(new ResetServiceSettingCommand({ SettingId }))
  expect(await setting()).toEqual(['Standard', 'Default'])
  await expect(ssm.send(new GetServiceSettingCommand({ SettingId: '/ssm/other' }))).rejects.toMatchObject({
    name: 'ServiceSettingNotFound',
  })
})
