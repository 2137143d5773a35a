import { expect, test } from 'vitest'
import { codeFrame } from '../../../src/lib/index.ts'
import { loadProject, ProjectError } from '../../../src/project/index.ts'
import { methodOf, mockApi, optionsFor, problemsOf, projectFolder, snapshotOf } from './support.ts'

const mock = 'x-amazon-apigateway-integration: {type: mock}'
const lambda = (name: string): string =>
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:${name}/invocations`

/** What is written, and the first problem: its code, its place, a part of the message and of the hint. */
test.each([
  [
    'a tab',
    { 'swagger/a.yaml': "swagger: '2.0'\npaths:\n\t/a: {}\n" },
    'yaml-syntax',
    'swagger/a.yaml:3:1',
    'YAML',
    'spaces',
  ],
  [
    'an open quote',
    { 'swagger/a.yaml': "swagger: '2.0\n" },
    'yaml-syntax',
    'swagger/a.yaml:2:1',
    'quote',
    'quotes',
  ],
  [
    'a comma too many',
    { 'swagger/a.json': '{"swagger": "2.0",\n  "paths": {},}' },
    'json-syntax',
    'swagger/a.json:2:15',
    'expected a key',
    'comma',
  ],
  [
    'an open JSON text',
    { 'swagger/a.json': '{"swagger: 2}' },
    'json-syntax',
    'swagger/a.json:1:2',
    'not closed',
    'quote',
  ],
  [
    'no dialect',
    { 'swagger/a.yaml': 'info: {}\n' },
    'not-openapi',
    'swagger/a.yaml:1:1',
    'neither',
    'swagger: "2.0"',
  ],
  [
    'an old dialect',
    { 'swagger/a.yaml': "swagger: '1.2'\n" },
    'not-openapi',
    'swagger/a.yaml:1:10',
    '"1.2" is not supported',
    '2.0',
  ],
  [
    'paths as a list',
    { 'swagger/a.yaml': "swagger: '2.0'\npaths: [a]\n" },
    'wrong-type',
    'swagger/a.yaml:2:8',
    'must be a mapping, not a list',
    'mapping',
  ],
  [
    'a reference to nowhere',
    {
      'swagger/a.yaml': mockApi(
        `x-amazon-apigateway-integration: {$ref: '#/x-inttegration'}`,
        'x-integration: {type: mock}',
      ),
    },
    'unresolved-reference',
    'swagger/a.yaml:8:47',
    'there is no "x-inttegration"',
    'x-integration',
  ],
  [
    'a missing template',
    {
      'swagger/a.yaml': mockApi(
        'x-amazon-apigateway-integration:\n  type: mock\n  requestTemplates: {application/json: {$ref: ../t/x.vtl}}',
      ),
    },
    'unresolved-reference',
    'swagger/a.yaml:10:53',
    '"../t/x.vtl" leads nowhere: there is no such file',
    'the last folder of that path that exists',
  ],
  [
    'a template with another name',
    {
      'mapping-templates/pets.vtl': 'x',
      'swagger/a.yaml': mockApi(
        'x-amazon-apigateway-integration:\n  type: mock\n  requestTemplates: {application/json: {$ref: ../mapping-templates/pet.vtl}}',
      ),
    },
    'unresolved-reference',
    'swagger/a.yaml:10:53',
    'there is no such file',
    'Did you mean ../mapping-templates/pets.vtl?',
  ],
  [
    'a circle of references',
    {
      'swagger/a.yaml': mockApi(
        "x-amazon-apigateway-integration: {$ref: '#/x-b'}",
        "x-b: {$ref: '#/x-c'}\nx-c: {$ref: '#/x-b'}",
      ),
    },
    'circular-reference',
    'swagger/a.yaml:3:13',
    'leads back to itself',
    'itself',
  ],
  [
    'a remote reference',
    { 'swagger/a.yaml': mockApi('x-amazon-apigateway-integration: {$ref: https://example.com/x.yaml}') },
    'unresolved-reference',
    'swagger/a.yaml:8:47',
    'leads out of the project',
    'no other documents',
  ],
  [
    'an unknown type',
    { 'swagger/a.yaml': mockApi('x-amazon-apigateway-integration: {type: aws_prxy, uri: x}') },
    'bad-value',
    'swagger/a.yaml:8:47',
    '"aws_prxy"',
    'aws_proxy',
  ],
  [
    'no type',
    { 'swagger/a.yaml': mockApi('x-amazon-apigateway-integration: {uri: x}') },
    'no-integration-type',
    'swagger/a.yaml:8:40',
    'no type',
    'AWS_PROXY',
  ],
  [
    'no URI',
    { 'swagger/a.yaml': mockApi('x-amazon-apigateway-integration: {type: http}') },
    'no-uri',
    'swagger/a.yaml:8:40',
    'no uri',
    'MOCK',
  ],
  [
    'a URI without scheme',
    {
      'swagger/a.yaml': mockApi(
        'x-amazon-apigateway-integration: {type: http, uri: example.com, httpMethod: GET}',
      ),
    },
    'bad-uri',
    'swagger/a.yaml:8:58',
    'needs a URL',
    'scheme',
  ],
  [
    'a wrong ARN',
    {
      'swagger/a.yaml': mockApi(
        'x-amazon-apigateway-integration: {type: aws, uri: "arn:aws:sqs:x", httpMethod: POST}',
      ),
    },
    'bad-uri',
    'swagger/a.yaml:8:57',
    'is not the URI',
    'functions/',
  ],
  [
    'a wrong mapping source',
    {
      'swagger/a.yaml': mockApi(
        "x-amazon-apigateway-integration: {type: http, uri: 'http://x', httpMethod: GET, requestParameters: {integration.request.header.X: literal}}",
      ),
    },
    'bad-mapping',
    'swagger/a.yaml:8:137',
    'Invalid mapping expression specified: literal',
    "'text'",
  ],
  [
    'a wrong mapping target',
    {
      'swagger/a.yaml': mockApi(
        'x-amazon-apigateway-integration: {type: mock, responses: {default: {statusCode: 200, responseParameters: {method.response.body: "\'x\'"}}}}',
      ),
    },
    'bad-mapping',
    'swagger/a.yaml:8:113',
    'nothing that a response mapping can set',
    'Location',
  ],
  [
    'a wrong selection pattern',
    {
      'swagger/a.yaml': mockApi(
        "x-amazon-apigateway-integration:\n  type: mock\n  responses:\n    '[a': {statusCode: 500}",
      ),
    },
    'bad-selection-pattern',
    'swagger/a.yaml:11:11',
    '[a is no regular expression',
    'character class',
  ],
  [
    'a status of two digits',
    {
      'swagger/a.yaml': mockApi(
        'x-amazon-apigateway-integration: {type: mock, responses: {default: {statusCode: 20}}}',
      ),
    },
    'bad-status-code',
    'swagger/a.yaml:8:87',
    '"20"',
    'three digits',
  ],
  [
    'an unknown validator',
    {
      'swagger/a.yaml': mockApi(
        `${mock}\nx-amazon-apigateway-request-validator: al`,
        'x-amazon-apigateway-request-validators: {all: {validateRequestBody: true}}',
      ),
    },
    'unknown-validator',
    'swagger/a.yaml:9:46',
    '"al"',
    'all',
  ],
  [
    'an unknown security scheme',
    {
      'swagger/a.yaml': mockApi(
        `${mock}\nsecurity: [{sigv: []}]`,
        'securityDefinitions: {sigv4: {type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4}}',
      ),
    },
    'unknown-security-scheme',
    'swagger/a.yaml:9:19',
    '"sigv"',
    'sigv4',
  ],
  [
    'an unknown gateway response',
    { 'swagger/a.yaml': mockApi(mock, 'x-amazon-apigateway-gateway-responses: {DEFAULT_4X: {}}') },
    'bad-gateway-response',
    'swagger/a.yaml:3:41',
    'DEFAULT_4X',
    'DEFAULT_4XX',
  ],
  [
    'an authorizer without function',
    {
      'swagger/a.yaml': mockApi(
        mock,
        'securityDefinitions: {a: {type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authorizer: {type: token}}}',
      ),
    },
    'bad-authorizer',
    'swagger/a.yaml:3:106',
    'no authorizerUri',
    'functions/',
  ],
  [
    'a jwt authorizer',
    {
      'swagger/a.yaml': mockApi(
        mock,
        'securityDefinitions: {a: {type: oauth2, x-amazon-apigateway-authorizer: {type: jwt}}}',
      ),
    },
    'bad-authorizer',
    'swagger/a.yaml:3:73',
    'only HTTP APIs',
    'cognito_user_pools',
  ],
  [
    'text beside a path parameter',
    { 'swagger/a.yaml': mockApi(mock).replace('/a:', '/a/x{id}:') },
    'bad-path',
    'swagger/a.yaml:5:3',
    'x{id} mixes',
    '/pets/{id}',
  ],
  [
    'a greedy parameter in the middle',
    { 'swagger/a.yaml': mockApi(mock).replace('/a:', '/{p+}/a:') },
    'bad-path',
    'swagger/a.yaml:5:3',
    '{p+} is not the last',
    'rest',
  ],
  [
    'a model of no type',
    { 'swagger/a.yaml': mockApi(mock, 'definitions: {A: {type: object, properties: {b: {type: strng}}}}') },
    'bad-model',
    'swagger/a.yaml:3:56',
    'there is no type "strng"',
    'string',
  ],
  [
    'required of draft 3',
    { 'swagger/a.yaml': mockApi(mock, 'definitions: {A: {properties: {b: {required: true}}}}') },
    'bad-model',
    'swagger/a.yaml:3:46',
    'required must be a list',
    'property names',
  ],
  [
    'a model that is a text',
    { 'swagger/a.yaml': mockApi(mock, 'definitions: {A: {items: text}}') },
    'bad-model',
    'swagger/a.yaml:3:26',
    'must be a mapping, not a text',
    'object',
  ],
  [
    'a wrong pattern in a model',
    { 'swagger/a.yaml': mockApi(mock, "definitions: {A: {pattern: '(a'}}") },
    'bad-model',
    'swagger/a.yaml:3:28',
    'no regular expression',
    'group',
  ],
  [
    'a handler that does not build',
    { 'handlers/f/index.ts': 'export const handler = async () => {\n  return {{\n}' },
    'handler-build',
    'handlers/f/index.ts:2:11',
    'The function f cannot be built',
    'index.ts',
  ],
  [
    'a missing import',
    { 'handlers/f/index.ts': "import './nothing'\nexport const handler = 1" },
    'handler-build',
    'handlers/f/index.ts:1:8',
    'nothing',
    '',
  ],
  [
    'two handlers of one name',
    { 'handlers/f/index.js': '', 'handlers/f.py': '' },
    'duplicate-function',
    'handlers/f.py:1:1',
    'Two handlers are named f',
    'Rename',
  ],
] as const)('%s', async (_what, files, code, at, message, hint) => {
  const [problem] = await problemsOf(files as unknown as Record<string, string>)
  expect(problem).toMatchObject({ code, at })
  expect(problem?.message).toContain(message)
  expect(problem?.hint ?? '').toContain(hint)
})

test('a template that does not parse is shown inside the .vtl file, the block scalar and the quoted text', async () => {
  const problems = await problemsOf({
    'swagger/a.yaml': `swagger: '2.0'
paths:
  /a:
    get:
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates:
          application/json: {$ref: ../mapping-templates/x.vtl}
          text/plain: |
            {
              #if(true
            }
          text/html: "a\\n\\t\\"#set($a = )\\""
`,
    'mapping-templates/x.vtl': 'fine\n  #foreach($a in $b) x\n',
  })
  expect(problems.map(({ code, at }) => [code, at.split(':')[0]])).toEqual([
    ['template-syntax', 'mapping-templates/x.vtl'],
    ['template-syntax', 'swagger/a.yaml'],
    ['template-syntax', 'swagger/a.yaml'],
  ])
  expect(problems[1]?.at).toMatch(/^swagger\/a.yaml:1[12]:/)
  expect(problems[2]?.at).toMatch(/^swagger\/a.yaml:13:/)
})

test('every problem is found, and each can be drawn', async () => {
  const directory = projectFolder({
    'swagger/a.yaml': mockApi('x-amazon-apigateway-integration: {type: nope}', 'definitions: {A: {type: x}}'),
    'swagger/b.json': '{',
    'handlers/f/index.ts': 'const = 1',
  })
  const error = await loadProject(optionsFor(directory)).catch((thrown: unknown) => thrown)
  if (!(error instanceof ProjectError)) throw new Error('a ProjectError was expected')
  expect(error.problems.map(({ code }) => code)).toEqual([
    'bad-model',
    'bad-value',
    'json-syntax',
    'handler-build',
  ])
  for (const { source, position, hint } of error.problems) {
    if (position === undefined || source === undefined) throw new Error('a place was expected')
    expect(codeFrame(source, position.line, position.column)).toMatch(/^> +\d+ \|/m)
    expect(hint).toBeTruthy()
  }
  const frame = error.problems[1]
  expect(codeFrame(frame?.source ?? '', 8, frame?.position?.column ?? 0, 0)).toBe(
    `> 8 |       x-amazon-apigateway-integration: {type: nope}\n    |                                               ^`,
  )
})

test('routes of several files are joined, and a clash names both', async () => {
  const problems = await problemsOf({
    'swagger/a.yaml': mockApi(mock).replace('/a:', '/pets/{id}:'),
    'swagger/b.yaml': mockApi(mock).replace('/a:', '/pets/{petId}:'),
  })
  expect(problems).toEqual([
    {
      code: 'duplicate-route',
      message: 'GET /pets/{petId} stands in swagger/b.yaml and in swagger/a.yaml:6 (as /pets/{id})',
      at: 'swagger/b.yaml:6:5',
      hint: 'Take one of them away, or give it another path: the APIs share one URL space.',
    },
  ])
})

test('a path written twice in one file', async () => {
  const [problem] = await problemsOf({
    'swagger/a.yaml': `${mockApi(mock)}  /a:\n    post:\n      ${mock}\n`,
  })
  expect(problem).toMatchObject({
    code: 'duplicate-route',
    message: 'The path /a stands twice in swagger/a.yaml',
  })
})

test('an unknown function is reported with the nearest name, and the rest is served', async () => {
  const snapshot = await snapshotOf({
    'swagger/a.yaml': mockApi(
      `x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: '${lambda('greting')}'}`,
    ),
    'handlers/greeting/index.js': 'exports.handler = async () => 1',
  })
  expect(snapshot.findings).toMatchObject([
    {
      severity: 'error',
      code: 'unknown-function',
      message: 'There is no function greting',
      hint: 'Did you mean greeting?',
      position: { line: 8, column: 81 },
    },
  ])
})

test('what is read but not served as AWS would is reported', async () => {
  const snapshot = await snapshotOf({
    'swagger/a.yaml': `swagger: '2.0'
x-amazon-apigateway-polcy: {}
x-amazon-apigateway-integration: {}
paths:
  /a:
    get: {responses: {}}
    post:
      parameters: [{name: f, in: formData, type: file}]
      responses: {'200': {description: ok}}
      x-amazon-apigateway-integration:
        type: aws
        uri: ${lambda('f')}
        httpMethod: GET
        cacheKeyParameters: [method.request.path.id]
        requestParamaters: {}
        requestParameters: {integration.request.header.A: method.request.header.A}
        responses:
          5d{2}: {statusCode: 500}
          default: {statusCode: 200, responseParameters: {method.response.header.B: "'b'"}}
`,
    'handlers/f.js': 'exports.handler = 1',
  })
  expect(
    snapshot.findings.map(({ code, position }) => `${code} ${position?.line}:${position?.column}`),
  ).toEqual([
    'unsupported-extension 2:1',
    'misplaced-extension 3:1',
    'no-integration 6:5',
    'parameter-location 8:20',
    'unknown-key 15:9',
    'no-effect 14:9',
    'lambda-http-method 13:21',
    'selection-pattern 18:11',
    'undeclared-parameter 16:29',
    'undeclared-status 18:11',
    'undeclared-header 19:59',
  ])
})

test('what AWS would refuse, or what has no effect, for a whole file', async () => {
  const snapshot = await snapshotOf({
    'swagger/a.yaml': `swagger: '2.0'
x-amazon-apigateway-endpoint-configuration: {types: [PRIVATE], vpcEndpointIds: [vpce-1], disableExecuteApiEndpoint: true}
paths:
  /pets/{id}:
    get: {${mock}}
  /pets/{petId}/toys:
    get: {${mock}}
  /pets/{id}/{rest+}:
    get:
      parameters: [{name: 'filter[name]', in: query, type: string}]
      x-amazon-apigateway-integration:
        type: http
        uri: https://example.com/{id}
        tlsConfig: {insecureSkipVerification: true}
        requestParameters: {integration.request.querystring.filter: 'method.request.querystring.filter[name]'}
`,
  })
  expect(
    snapshot.findings.map(({ severity, code, position }) => `${severity} ${code} ${position?.line}`),
  ).toEqual(['info no-effect 2', 'info no-effect 2', 'warning sibling-parameters 6', 'info no-effect 14'])
  expect(snapshot.apis[0]?.endpointType).toBe('PRIVATE')
})

test('what public files hold and AWS imports all the same is said, not refused', async () => {
  const snapshot = await snapshotOf({
    'swagger/a.yaml': `openapi: 3.0.1
servers:
  variables: {basePath: {default: /v1}}
paths:
  /a:
    get:
      responses: {'200': {description: ok}}
      x-amazon-apigateway-integration:
        type: http
        httpMethod: GET
        uri: https://example.com/\${AWS::Region}
        requestTemplates: {application/json: 'of \${AWS::AccountId} at $context.stage'}
        requestParameters:
          integration.request.header.kept: "'True'"
          integration.request.header.nothing: true
`,
  })
  expect(
    snapshot.findings
      .filter(({ code }) => code !== 'openapi-specification')
      .map(({ severity, code, message, hint, position }) => [
        severity,
        code,
        message,
        hint,
        position?.line,
        position?.column,
      ]),
  ).toEqual([
    [
      'warning',
      'servers-no-list',
      'servers is a list in OpenAPI, not a mapping; nothing of it is read',
      'Write - before its first line.',
      3,
      3,
    ],
    [
      'info',
      'pseudo-parameter-in-text',
      'uri is a plain text: ${AWS::…} is replaced in it as within Fn::Sub',
      'CloudFormation does so only where the file is included in a template; ImportRestApi does not.',
      11,
      14,
    ],
    [
      'warning',
      'mapping-no-text',
      "Invalid format for 'requestParameters'. Expected type string for property 'integration.request.header.nothing' but got 'true'; it is left out",
      `A literal has quotes of its own: "'true'".`,
      15,
      47,
    ],
    [
      'info',
      'pseudo-parameter-in-text',
      'The template for application/json is a plain text: ${AWS::…} is replaced in it as within Fn::Sub',
      'CloudFormation does so only where the file is included in a template; ImportRestApi does not.',
      12,
      46,
    ],
  ])
  const { requestParameters, uri } = methodOf(snapshot, 'GET', '/a').integration
  expect(uri).toBe('https://example.com/eu-west-1')
  expect(requestParameters.map(({ target, source }) => [target, source])).toEqual([
    ['integration.request.header.kept', "'True'"],
  ])
})

test('a variable that nobody filled in is named with the way to fill it', async () => {
  const [problem] = await problemsOf({
    'swagger/a.yaml': mockApi(
      'x-amazon-apigateway-integration: {type: aws, httpMethod: POST, uri: "${lambda_arn}"}',
    ),
  })
  expect(problem).toEqual({
    code: 'bad-uri',
    message: '"${lambda_arn}" is not the URI of an AWS integration',
    at: 'swagger/a.yaml:8:75',
    hint: 'Give it a value in the configuration: placeholders: { "${lambda_arn}": \'…\' }.',
  })
})

test('a security scheme that stands nowhere protects nothing, and that is said', async () => {
  const snapshot = await snapshotOf({
    'swagger/a.yaml': mockApi(`security: [{api_key: []}]\n${mock}`),
  })
  expect(snapshot.findings.map(({ severity, message }) => [severity, message])).toEqual([
    ['warning', 'There is no security scheme "api_key"; it protects nothing'],
  ])
  const { authorizationType, apiKeyRequired } = methodOf(snapshot, 'GET', '/a')
  expect({ authorizationType, apiKeyRequired }).toEqual({ authorizationType: 'NONE', apiKeyRequired: false })
})
