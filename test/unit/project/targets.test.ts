import { expect, test } from 'vitest'
import { javaPattern } from '../../../src/project/swagger/java-pattern.ts'
import { methodOf, mockApi, snapshotOf } from './support.ts'

const path = (text: string): string =>
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${text}/invocations`

async function targetOf(uri: string, variables: Record<string, string> = {}, type = 'aws') {
  const snapshot = await snapshotOf(
    {
      'swagger/a.yaml': mockApi(
        `x-amazon-apigateway-integration: {type: ${type}, httpMethod: POST, uri: ${uri}}`,
      ),
    },
    {
      stages: { dev: { variables } },
      placeholders: { Table: 'rides', 'Fetch.Arn': 'arn:aws:lambda:x:1:function:fetch-it' },
    },
  )
  const { target } = methodOf(snapshot, 'GET', '/a').integration
  if (target.kind === 'lambda') return [target.functionName(variables), target.qualifier?.(variables)]
  if (target.kind === 'http') return [target.uri(variables)]
  if (target.kind === 'mock') return []
  const { service, subdomain, region, via, text } = target
  return [service, subdomain, region, via, text(variables)]
}

const quoted = JSON.stringify

test.each([
  [quoted(path('arn:aws:lambda:us-east-1:123456789012:function:pets')), ['pets', undefined]],
  [quoted(path('arn:aws-cn:lambda:cn-north-1:999999999999:function:pets:prod')), ['pets', 'prod']],
  [quoted(path('arn:aws:lambda:us-east-1:123456789012:function:pets:$LATEST')), ['pets', '$LATEST']],
  [quoted(path('pets')), ['pets', undefined]],
  [quoted(path('arn:aws:lambda:us-east-1:1:function:${stageVariables.fn}')), ['pets', undefined]],
  [quoted(path('arn:aws:lambda:us-east-1:1:function:${stageVariables.fnAlias}')), ['pets', 'blue']],
  [quoted(path('arn:aws:lambda:us-east-1:1:function:pets:${stageVariables.alias}')), ['pets', 'green']],
  [quoted(path('arn:aws:lambda:us-east-1:1:function:${stageVariables.prefix}-pets')), ['my-pets', undefined]],
  [quoted(path('${stageVariables.arn}')), ['other', 'v1']],
  [quoted('arn:aws:lambda:us-east-1:123456789012:function:pets'), ['pets', undefined]],
  [
    `!Sub ${quoted(path('arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:pets'))}`,
    ['pets', undefined],
  ],
  [
    quoted(
      'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:pets/invocations',
    ),
    ['pets', undefined],
  ],
  [quoted('arn:aws:apigateway:${AWS::Region}:sns:path//'), ['sns', undefined, 'eu-west-1', 'path', '/']],
  [`!Sub ${quoted(path('${PetsFunction.Arn}'))}`, ['PetsFunction', undefined]],
  [`!Sub ${quoted(path('${PetsFunction.Arn}:live'))}`, ['PetsFunction', 'live']],
  [`!Sub ${quoted(path('${Fetch.Arn}'))}`, ['fetch-it', undefined]],
  [`!Sub ${quoted(path('arn:aws:lambda:r:1:function:${!stageVariables.fn}'))}`, ['pets', undefined]],
  [`!Sub [${quoted(path('${Arn}'))}, {Arn: !GetAtt Pets.Arn}]`, ['Pets', undefined]],
  [`{"Fn::Sub": ${quoted(path('${Pets.Arn}'))}}`, ['Pets', undefined]],
  [
    `{"Fn::Join": ["", [${quoted('arn:aws:apigateway:')}, {Ref: "AWS::Region"}, ":lambda:path/2015-03-31/functions/", {"Fn::GetAtt": [Pets, Arn]}, "/invocations"]]}`,
    ['Pets', undefined],
  ],
  [
    quoted('arn:aws:apigateway:us-west-2:dynamodb:action/PutItem'),
    ['dynamodb', undefined, 'us-west-2', 'action', 'PutItem'],
  ],
  [
    quoted('arn:aws:apigateway:us-west-2:s3:path/{bucket}/{key}'),
    ['s3', undefined, 'us-west-2', 'path', '{bucket}/{key}'],
  ],
  [
    quoted('arn:aws:apigateway:us-west-2:bucket.s3:path/{key}'),
    ['s3', 'bucket', 'us-west-2', 'path', '{key}'],
  ],
  [
    `!Sub ${quoted('arn:aws:apigateway:${AWS::Region}:sqs:path/${AWS::AccountId}/${Table}')}`,
    ['sqs', undefined, 'eu-west-1', 'path', '123456789012/rides'],
  ],
])('%s', async (uri, expected) => {
  const variables = {
    fn: 'pets',
    fnAlias: 'pets:blue',
    alias: 'green',
    prefix: 'my',
    arn: 'arn:aws:lambda:us-east-1:1:function:other:v1',
  }
  expect(await targetOf(uri, variables)).toEqual(expected)
})

test('HTTP with stage variables and path parameters', async () => {
  expect(
    await targetOf('"https://${stageVariables.host}/v1/{id}"', { host: 'x.example.com' }, 'HTTP'),
  ).toEqual(['https://x.example.com/v1/{id}'])
})

test('a stage variable that a stage does not have', async () => {
  const snapshot = await snapshotOf(
    {
      'swagger/a.yaml': mockApi(
        'x-amazon-apigateway-integration: {type: http, httpMethod: GET, uri: "http://${stageVariables.h}/"}',
      ),
    },
    { stages: { dev: {}, prod: { variables: { h: 'x' } } } },
  )
  expect(snapshot.findings).toMatchObject([
    { code: 'missing-stage-variable', message: 'The stage variable h is not set in dev' },
  ])
})

// What java.util.regex's `matches` answers.
test.each([
  ['error.*', 'error: x', true],
  ['error.*', 'an error', false],
  ['error.*', 'error\nx', false],
  ['(?s)error.*', 'error\nx', true],
  ['(?i)ERROR.*', 'error', true],
  ['a|b', 'b', true],
  ['a|b', 'ab', false],
  ['5\\d{2}', '503', true],
  ['5d{2}', '5dd', true],
  ['\\Qa.b\\E.*', 'a.bc', true],
  ['\\Qa.b\\E.*', 'axbc', false],
  ['\\p{Alpha}+', 'abc', true],
  ['[\\p{Digit}x]+', '1x', true],
  ['\\Aabc\\z', 'abc', true],
  ['a++b', 'aab', true],
  ['(?>a|ab)c', 'abc', true],
  ['[^\\n]+', 'x', true],
  ['', '', true],
  ['.+', '', false],
])('the pattern %s on %j', (source, text, matches) => {
  expect(javaPattern(source).expression.test(text)).toBe(matches)
})
