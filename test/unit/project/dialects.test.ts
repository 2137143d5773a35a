import { expect, test } from 'vitest'
import { methodOf, mockApi, snapshotOf } from './support.ts'

const mock =
  'x-amazon-apigateway-integration: {type: mock, requestTemplates: {application/json: \'{"statusCode": 200}\'}}'

test('Swagger 2.0 in YAML', async () => {
  const snapshot = await snapshotOf({
    'swagger/pets.yaml': `swagger: '2.0'
info: {title: Pets, description: All pets, version: '1'}
consumes: [application/json, application/vnd.pet+json]
parameters:
  Page: {name: page, in: query, required: true, type: integer}
paths:
  /pets/{petId}:
    parameters:
      - {name: trace, in: header, type: string}
    post:
      operationId: createPet
      parameters:
        - $ref: '#/parameters/Page'
        - {name: pet, in: body, schema: {$ref: '#/definitions/Pet'}}
      responses:
        201: {description: made, headers: {Location: {type: string}}, schema: {$ref: '#/definitions/Pet'}}
        default: {description: failed}
      x-amazon-apigateway-integration:
        type: AWS
        uri: arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-west-2:999999999999:function:create:live/invocations
        httpMethod: post
        passthroughBehavior: when_no_templates
        contentHandling: CONVERT_TO_TEXT
        timeoutInMillis: 1500
        credentials: arn:aws:iam::*:user/*
        requestParameters: {integration.request.querystring.p: method.request.querystring.page}
        requestTemplates: {application/json: "{\\"id\\": \\"$input.params('petId')\\"}", application/xml: null}
        responses:
          default:
            statusCode: 201
            responseParameters: {method.response.header.Location: integration.response.body.url}
            responseTemplates: {application/json: $input.json('$')}
definitions:
  Pet: {type: object, required: [name], properties: {name: {type: string}}}
`,
    'handlers/create/index.js': 'exports.handler = async () => ({})',
  })
  expect(snapshot.findings.map(({ code }) => code)).toEqual([])
  const [api] = snapshot.apis
  expect({ id: api?.id, name: api?.name, description: api?.description, type: api?.endpointType }).toEqual({
    id: 'pets',
    name: 'Pets',
    description: 'All pets',
    type: 'EDGE',
  })
  const method = methodOf(snapshot, 'POST', '/pets/{petId}')
  expect(method.operationName).toBe('createPet')
  expect(method.resourceId).toMatch(/^[a-z0-9]{10}$/)
  expect(method.requestParameters).toEqual([
    { location: 'querystring', name: 'page', required: true },
    { location: 'header', name: 'trace', required: false },
    { location: 'path', name: 'petId', required: true },
  ])
  expect([...method.requestModels].map(([type, model]) => [type, model.name])).toEqual([
    ['application/json', 'Pet'],
    ['application/vnd.pet+json', 'Pet'],
  ])
  expect([...method.methodResponses.keys()]).toEqual(['201'])
  expect([...(method.methodResponses.get('201')?.headers ?? [])]).toEqual(['location'])
  const { integration } = method
  expect({
    type: integration.type,
    httpMethod: integration.httpMethod,
    passthroughBehavior: integration.passthroughBehavior,
    contentHandling: integration.contentHandling,
    timeoutInMillis: integration.timeoutInMillis,
    credentials: integration.credentials,
    templates: [...integration.requestTemplates].map(([type, template]) => [type, template.source]),
    parameters: integration.requestParameters.map(({ target, source }) => [target, source]),
  }).toEqual({
    type: 'AWS',
    httpMethod: 'POST',
    passthroughBehavior: 'WHEN_NO_TEMPLATES',
    contentHandling: 'CONVERT_TO_TEXT',
    timeoutInMillis: 1500,
    credentials: 'arn:aws:iam::*:user/*',
    templates: [['application/json', '{"id": "$input.params(\'petId\')"}']],
    parameters: [['integration.request.querystring.p', 'method.request.querystring.page']],
  })
  const { target } = integration
  if (target.kind !== 'lambda') throw new Error('a Lambda target was expected')
  expect([target.functionName({}), target.qualifier?.({})]).toEqual(['create', 'live'])
})

test('OpenAPI 3.0 in JSON, integrations and parameters by reference', async () => {
  const snapshot = await snapshotOf({
    'swagger/shop.json': JSON.stringify({
      openapi: '3.0.1',
      info: { title: 'Shop', version: '1' },
      paths: {
        '/orders': {
          post: {
            parameters: [{ $ref: '#/components/parameters/Tenant' }],
            requestBody: {
              content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } },
            },
            responses: {
              200: { description: 'ok', content: { 'application/json': { schema: { type: 'object' } } } },
            },
            'x-amazon-apigateway-integration': {
              $ref: '#/components/x-amazon-apigateway-integrations/backend',
            },
          },
          'x-amazon-apigateway-any-method': {
            responses: {},
            'x-amazon-apigateway-integration': {
              $ref: '#/components/x-amazon-apigateway-integrations/backend',
            },
          },
        },
      },
      components: {
        parameters: { Tenant: { name: 'tenant', in: 'header', required: true, schema: { type: 'string' } } },
        schemas: { Order: { type: 'object' } },
        'x-amazon-apigateway-integrations': {
          backend: { type: 'http_proxy', uri: 'https://backend.example.com/orders', httpMethod: 'ANY' },
        },
      },
    }),
  })
  expect(snapshot.findings.map(({ code }) => code)).toEqual(['extension-differs'])
  expect([...(snapshot.apis[0]?.resources[0]?.methods.keys() ?? [])]).toEqual(['POST', 'ANY'])
  const method = methodOf(snapshot, 'POST', '/orders')
  expect(method.requestParameters).toEqual([{ location: 'header', name: 'tenant', required: true }])
  expect(method.requestModels.get('application/json')?.name).toBe('Order')
  expect(method.methodResponses.get('200')?.models.get('application/json')?.validate([])).toHaveLength(1)
  expect(method.integration.type).toBe('HTTP_PROXY')
})

test('OpenAPI 3.1 is served and reported', async () => {
  const snapshot = await snapshotOf({
    'swagger/new.yaml': `openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a:
    post:
      requestBody: {content: {application/json: {schema: {type: object, properties: {n: {type: number, exclusiveMinimum: 3}}}}}}
      ${mock}
`,
  })
  expect(snapshot.findings).toMatchObject([
    { severity: 'warning', code: 'openapi-version', position: { line: 1, column: 10 } },
  ])
  const model = methodOf(snapshot, 'POST', '/a').requestModels.get('application/json')
  expect([model?.validate({ n: 4 }), model?.validate({ n: 3 })]).toEqual([
    [],
    ['numeric instance is not strictly greater than the required minimum 3'],
  ])
})

test('references across files, to templates and through anchors', async () => {
  const template = '#set($a = 1)\n{\n\t"a": $a }  \r\n'
  const snapshot = await snapshotOf({
    'swagger/a.yaml': `swagger: '2.0'
info: {title: T, version: '1'}
x-common: &common
  type: mock
  requestTemplates: {application/json: {$ref: ../mapping-templates/deep/x.vtl}}
paths:
  /a:
    get:
      x-amazon-apigateway-integration: {<<: *common, passthroughBehavior: never}
  /b:
    $ref: parts/paths.json#/~1b
  /c:
    get:
      parameters: [{name: body, in: body, schema: {$ref: 'parts/models.yaml#/Node'}}]
      x-amazon-apigateway-integration: *common
`,
    'swagger/parts/paths.json': JSON.stringify({
      '/b': {
        get: {
          'x-amazon-apigateway-integration': {
            type: 'MOCK',
            requestTemplates: { $ref: '../templates.yaml' },
          },
        },
      },
    }),
    'swagger/templates.yaml': 'application/json: |\n  {"statusCode": 200}\n',
    'swagger/parts/models.yaml':
      'Node: {type: object, properties: {next: {$ref: "#/Node"}, id: {type: integer}}}\n',
    'mapping-templates/deep/x.vtl': template,
  })
  expect(snapshot.apis.map(api => api.id)).toEqual(['a'])
  const a = methodOf(snapshot, 'GET', '/a').integration
  expect(a.requestTemplates.get('application/json')?.source).toBe(template)
  expect(a.requestTemplates.get('application/json')?.name).toBe('mapping-templates/deep/x.vtl')
  expect(a.passthroughBehavior).toBe('NEVER')
  expect(methodOf(snapshot, 'GET', '/b').integration.requestTemplates.get('application/json')?.source).toBe(
    '{"statusCode": 200}\n',
  )
  const model = methodOf(snapshot, 'GET', '/c').requestModels.get('application/json')
  expect(model?.validate({ next: { next: { id: 'x' } } })).toEqual([
    'instance type (string) does not match any allowed primitive type (allowed: ["integer"])',
  ])
})

test.each([
  ['swagger-2.0', 'basePath: /v1/shop', undefined, '/a', ['base-path-ignored']],
  ['swagger-2.0', 'basePath: /v1/shop', 'prepend', '/v1/shop/a', []],
  ['swagger-2.0', 'basePath: /v1/shop', 'split', '/shop/a', []],
  ['swagger-2.0', 'basePath: /', undefined, '/a', []],
] as const)('%s %s %s → %s', async (_dialect, root, basePath, path, codes) => {
  const snapshot = await snapshotOf({ 'swagger/a.yaml': mockApi(mock, root) }, { basePath })
  expect(snapshot.apis[0]?.resources.map(resource => resource.path)).toEqual([path])
  expect(snapshot.findings.map(({ code }) => code)).toEqual(codes)
})

test.each([
  ['{url: "https://x.example.com/{basePath}", variables: {basePath: {default: v2}}}', '/v2/a'],
  ['{url: "https://x.example.com/v3"}', '/v3/a'],
  ['{url: "https://x.example.com"}', '/a'],
])('servers: [%s] prepended → %s', async (server, path) => {
  const text = mockApi(mock).replace("swagger: '2.0'", `openapi: 3.0.1\nservers:\n  - ${server}`)
  const snapshot = await snapshotOf({ 'swagger/a.yaml': text }, { basePath: 'prepend' })
  expect(snapshot.apis[0]?.resources.map(resource => resource.path)).toEqual([path])
})

test('an empty project', async () => {
  const snapshot = await snapshotOf({})
  expect({ apis: snapshot.apis, functions: [...snapshot.functions], findings: snapshot.findings }).toEqual({
    apis: [],
    functions: [],
    findings: [],
  })
})
