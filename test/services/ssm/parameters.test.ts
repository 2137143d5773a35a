import {
  DeleteParameterCommand,
  DeleteParametersCommand,
  GetParameterCommand,
  GetParameterHistoryCommand,
  GetParametersCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
  SSMClient,
} from '@aws-sdk/client-ssm'
import { expect, test } from 'vitest'
import { createSsm } from '../../../src/services/ssm/index.ts'
import { type StartedDoor, startDoor } from '../../support/aws-door.ts'
import { createManualClock } from '../../support/manual-clock.ts'

interface Started extends StartedDoor {
  readonly ssm: SSMClient
  readonly clock: ReturnType<typeof createManualClock>
  readonly warnings: object[]
  put(Name: string, Value: string, rest?: Partial<PutParameterCommandInput>): Promise<unknown>
}

async function start(): Promise<Started> {
  const clock = createManualClock()
  const warnings: object[] = []
  const log = { debug() {}, info() {}, warn: (fields: object) => void warnings.push(fields), error() {} }
  const door = await startDoor({ services: [createSsm()], clock, log })
  const ssm = new SSMClient(door.clientConfig())
  return {
    ...door,
    ssm,
    clock,
    warnings,
    async put(Name, Value, rest = {}) {
      const { $metadata: _, ...answer } = await ssm.send(
        new PutParameterCommand({ Name, Value, Type: 'String', ...rest }),
      )
      return answer
    },
  }
}

const arn = (path: string): string => `arn:aws:ssm:us-east-1:000000000000:parameter${path}`
const root = 'arn:aws:iam::000000000000:root'
const started = new Date('2026-01-01T00:00:00Z')

test('a parameter is written, read by name and by ARN, and deleted', async () => {
  const { ssm, put } = await start()
  expect(await put('/app/url', 'http://x')).toEqual({ Version: 1, Tier: 'Standard' })
  const expected = {
    Name: '/app/url',
    Type: 'String',
    Value: 'http://x',
    Version: 1,
    LastModifiedDate: started,
    ARN: arn('/app/url'),
    DataType: 'text',
  }
  for (const Name of ['/app/url', arn('/app/url')])
    expect((await ssm.send(new GetParameterCommand({ Name }))).Parameter).toEqual(expected)
  expect(
    (await ssm.send(new GetParametersCommand({ Names: ['/app/url', '/none', '/app/url:7'] })))
      .InvalidParameters,
  ).toEqual(['/none', '/app/url:7'])
  await ssm.send(new DeleteParameterCommand({ Name: '/app/url' }))
  await expect(ssm.send(new GetParameterCommand({ Name: '/app/url' }))).rejects.toMatchObject({
    name: 'ParameterNotFound',
    $metadata: { httpStatusCode: 400 },
  })
  await expect(ssm.send(new DeleteParameterCommand({ Name: '/app/url' }))).rejects.toMatchObject({
    name: 'ParameterNotFound',
  })
})

test('versions are counted, kept and read by number', async () => {
  const { ssm, put, clock } = await start()
  await put('v', 'one', { Description: 'first', Tags: [{ Key: 'a', Value: 'b' }] })
  await expect(put('v', 'two')).rejects.toMatchObject({
    name: 'ParameterAlreadyExists',
    message:
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
  })
  clock.move(1000)
  expect(await put('v', 'two', { Overwrite: true })).toEqual({ Version: 2, Tier: 'Standard' })
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: 'v:1' }))
  expect([Parameter?.Value, Parameter?.Selector, Parameter?.Name]).toEqual(['one', ':1', 'v'])
  await expect(ssm.send(new GetParameterCommand({ Name: 'v:9' }))).rejects.toMatchObject({
    name: 'ParameterVersionNotFound',
    message: 'Systems Manager could not find version 9 of v. Verify the version and try again.',
  })
  const history = await ssm.send(new GetParameterHistoryCommand({ Name: 'v' }))
  const common = {
    Name: 'v',
    Type: 'String',
    LastModifiedUser: root,
    Description: 'first',
    Tier: 'Standard',
    Policies: [],
    DataType: 'text',
    Labels: [],
  }
  expect(history.Parameters).toEqual([
    { ...common, Value: 'one', Version: 1, LastModifiedDate: started },
    { ...common, Value: 'two', Version: 2, LastModifiedDate: new Date('2026-01-01T00:00:01Z') },
  ])
  const page = await ssm.send(new GetParameterHistoryCommand({ Name: 'v', MaxResults: 1 }))
  const rest = await ssm.send(new GetParameterHistoryCommand({ Name: 'v', NextToken: page.NextToken }))
  expect([page.Parameters?.length, rest.Parameters?.map(({ Value }) => Value), rest.NextToken]).toEqual([
    1,
    ['two'],
    undefined,
  ])
})

test('the hundred newest versions are kept', async () => {
  const { ssm, put } = await start()
  for (let version = 1; version <= 102; version++) await put('many', `v${version}`, { Overwrite: true })
  const read = async (version: number): Promise<string | undefined> =>
    (await ssm.send(new GetParameterCommand({ Name: `many:${version}` }))).Parameter?.Value
  await expect(read(2)).rejects.toMatchObject({ name: 'ParameterVersionNotFound' })
  expect([await read(3), await read(102)]).toEqual(['v3', 'v102'])
})

test('a secure string is shown encrypted unless decryption is asked for', async () => {
  const { ssm, put } = await start()
  await put('/secret', 'pässword', { Type: 'SecureString' })
  const hidden = (await ssm.send(new GetParameterCommand({ Name: '/secret' }))).Parameter?.Value ?? ''
  expect(hidden).toMatch(/^AQICAH[A-Za-z0-9+/]+=*$/)
  expect(Buffer.from(hidden, 'base64').includes('ssword')).toBe(false)
  const shown = await ssm.send(new GetParameterCommand({ Name: '/secret', WithDecryption: true }))
  expect([shown.Parameter?.Type, shown.Parameter?.Value]).toEqual(['SecureString', 'pässword'])
  const history = await ssm.send(new GetParameterHistoryCommand({ Name: '/secret' }))
  expect(history.Parameters?.map(({ Value, KeyId }) => [Value, KeyId])).toEqual([[hidden, 'alias/aws/ssm']])
})

test('a name with and without its leading slash is one parameter', async () => {
  const { ssm, put } = await start()
  await put('plain', 'x')
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: '/plain' }))
  expect([Parameter?.Name, Parameter?.ARN]).toEqual(['plain', arn('/plain')])
  const { DeletedParameters, InvalidParameters } = await ssm.send(
    new DeleteParametersCommand({ Names: ['plain', 'none'] }),
  )
  expect([DeletedParameters, InvalidParameters]).toEqual([['plain'], ['none']])
})

const levels = (count: number): string => Array.from({ length: count }, (_, at) => `/l${at}`).join('')

const refusals: [string, Partial<PutParameterCommandInput>, string, string | RegExp][] = [
  ['/x', { Value: '' }, 'ValidationException', /Member must have length greater than or equal to 1/],
  ['no/slash', {}, 'ValidationException', 'Parameter name must be a fully qualified name.'],
  [
    'awsome',
    {},
    'ValidationException',
    'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).',
  ],
  ['/a b', {}, 'ValidationException', /sub-paths divided by slash symbol/],
  ['/a//b', {}, 'ValidationException', /sub-paths divided by slash symbol/],
  [levels(16), {}, 'HierarchyLevelLimitExceededException', /maximum of 15 levels/],
  [
    '/x',
    { Type: undefined },
    'ValidationException',
    'A parameter type is required when you create a parameter.',
  ],
  [
    '/x',
    { Value: 'a'.repeat(4097) },
    'ValidationException',
    /^Standard tier parameters support a maximum parameter value of 4096 characters\./,
  ],
  ['/x', { Value: 'a'.repeat(8193), Tier: 'Advanced' }, 'ValidationException', /8192 characters/],
  [
    '/x',
    { Value: 'abc', AllowedPattern: '\\d+' },
    'ParameterPatternMismatchException',
    /allowedPattern: \\d\+$/,
  ],
  ['/x', { AllowedPattern: '(' }, 'InvalidAllowedPatternException', /regular expression/],
  [
    '/x',
    { Value: '{{ssm:other}}' },
    'ValidationException',
    'Parameter value can\'t nest another parameter. Do not use "{{}}" in the value.',
  ],
  [
    '/x',
    { DataType: 'Text' },
    'ValidationException',
    'The following data type is not supported: Text (Data type names are all lowercase.)',
  ],
  [
    '/x',
    { Overwrite: true, Tags: [{ Key: 'a', Value: 'b' }] },
    'ValidationException',
    /tags and overwrite can't be used together/,
  ],
  [
    '/x',
    { Type: 'Text' as 'String' },
    'ValidationException',
    /failed to satisfy constraint: Member must satisfy enum value set/,
  ],
]

test.each(refusals)('PutParameter of %s with %o is refused: %s', async (Name, rest, name, message) => {
  const { put } = await start()
  await expect(put(Name, 'value', rest)).rejects.toMatchObject({
    name,
    message: typeof message === 'string' ? message : expect.stringMatching(message),
    $metadata: { httpStatusCode: 400 },
  })
})

test('fifteen levels are allowed, and names of AWS with a warning', async () => {
  const { put, warnings } = await start()
  await put(levels(15), 'deep')
  await put('/aws/service/thing', 'x')
  await put('/ssm/thing', 'x')
  expect(warnings).toEqual([{ name: '/aws/service/thing' }, { name: '/ssm/thing' }])
})

test('tiers: chosen by size, never downgraded', async () => {
  const { put } = await start()
  const big = 'a'.repeat(5000)
  const tier = { Tier: 'Intelligent-Tiering' } as const
  expect(await put('small', 'a', tier)).toEqual({ Version: 1, Tier: 'Standard' })
  expect(await put('big', big, tier)).toEqual({ Version: 1, Tier: 'Advanced' })
  expect(await put('big', 'a', { Overwrite: true, ...tier })).toEqual({ Version: 2, Tier: 'Advanced' })
  expect(await put('big', 'a', { Overwrite: true })).toEqual({ Version: 3, Tier: 'Advanced' })
  await expect(put('big', 'a', { Overwrite: true, Tier: 'Standard' })).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining("You can't downgrade a parameter from the advanced-parameter tier"),
  })
  await expect(put('big', 'a', { Overwrite: true, Type: 'StringList' })).rejects.toMatchObject({
    name: 'HierarchyTypeMismatchException',
  })
})

test('changes are told as events', async () => {
  const { put, ssm, events } = await start()
  await put('/e', 'a')
  await put('/e', 'b', { Overwrite: true })
  await ssm.send(new DeleteParameterCommand({ Name: '/e' }))
  expect(
    events.map(({ type, detail }) => [type, detail['operation'], detail['name'], detail['type']]),
  ).toEqual([
    ['Parameter Store Change', 'Create', '/e', 'String'],
    ['Parameter Store Change', 'Update', '/e', 'String'],
    ['Parameter Store Change', 'Delete', '/e', 'String'],
  ])
})

test('operations that are no part of Parameter Store say so', async () => {
  const { endpoint } = await start()
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AmazonSSM.SendCommand',
      authorization:
        'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/ssm/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: '{"DocumentName":"AWS-RunShellScript"}',
  })
  expect(answer.status).toBe(501)
  expect(await answer.text()).toContain('SendCommand')
})
