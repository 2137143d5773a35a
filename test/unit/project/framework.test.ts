import { cpSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { exportApi, listRoutes, loadProject, validateProject } from '../../../src/project/index.ts'
import { createAwsEngine, type TemplateScope } from '../../../src/vtl/index.ts'
import { methodOf, optionsFor, projectFolder, write } from './support.ts'

const fixture = fileURLToPath(new URL('./fixtures/framework', import.meta.url))

/** A Swagger file as a Makefile-driven Python framework writes it: 32 operations, placeholders, nulls, caches. */
function framework(): string {
  const directory = projectFolder({})
  cpSync(fixture, directory, { recursive: true })
  return directory
}

const placeholders = { API_HOST: 'api.example.com', STORE_CREDENTIALS: 'c2VjcmV0' }

test('a file of 32 operations is served unmodified', async () => {
  const { snapshot } = await loadProject(optionsFor(framework(), { placeholders }))
  const routes = listRoutes(snapshot)
  expect(routes).toHaveLength(32)
  expect(
    routes.filter(route => route.integration === 'HTTP').map(route => [route.path, route.target]),
  ).toEqual([
    ['/assets/{asset_id}', 'https://store.example.com/v0/assets/{asset_id}'],
    ['/sports', 'https://store.example.com/v0/sports'],
  ])
  expect(new Set(routes.slice(0, 30).map(route => route.authorization))).toEqual(new Set(['AWS_IAM']))
  expect(routes[0]).toMatchObject({
    api: 'api',
    method: 'GET',
    path: '/clips',
    integration: 'AWS',
    target: 'clips',
  })
  const codes = new Map<string, number>()
  for (const { code } of snapshot.findings) codes.set(code, (codes.get(code) ?? 0) + 1)
  // Three functions of thirty are here; 5d{2} is a pattern that forgot its backslash.
  expect([...codes]).toEqual([
    ['selection-pattern', 2],
    ['unknown-function', 27],
  ])

  const clips = methodOf(snapshot, 'GET', '/clips').integration
  expect(clips.credentials).toBe('arn:aws:iam::*:user/*')
  expect(clips.uri).toContain(':123456789012:function:clips/')
  expect(
    clips.responses.map(({ selectionPattern, statusCode }) => [selectionPattern?.source, statusCode]),
  ).toEqual([
    [undefined, '200'],
    ['error.*', '500'],
  ])
  expect(methodOf(snapshot, 'POST', '/clips').integration.requestTemplates.size).toBe(0)
  const register = methodOf(snapshot, 'POST', '/register').integration.responses
  expect(register.map(response => response.selectionPattern?.matches('member_already_exists'))).toEqual([
    undefined,
    true,
    false,
  ])
  const assets = methodOf(snapshot, 'GET', '/assets/{asset_id}').integration
  expect(assets.requestParameters.map(({ target, source }) => [target, source])).toEqual([
    ['integration.request.path.asset_id', 'method.request.path.asset_id'],
    ['integration.request.header.Authorization', "'Basic c2VjcmV0'"],
  ])
})

test('its templates render', async () => {
  const { snapshot } = await loadProject(optionsFor(framework(), { placeholders }))
  const scope = (body: string, querystring: Record<string, string> = {}): TemplateScope => ({
    input: { body, params: { path: {}, querystring, header: {} } },
    context: createAwsEngine().createContext({}),
    stageVariables: {},
  })
  const { requestTemplates, responses } = methodOf(snapshot, 'GET', '/clips').integration
  const event = requestTemplates.get('application/json')?.render(scope('', { limit: '2' })) ?? ''
  expect(JSON.parse(event)).toEqual({ query: '', org_id: '', event_id: '', type: '', limit: '2', offset: '' })
  const answer = responses[0]?.responseTemplates
    .get('application/json')
    ?.render(
      scope(
        '{"results":[{"path":{"key":"k","reftime":1},"value":{"title":"a b","avatar":"","tags":["x","y"]}}],"count":1}',
      ),
    )
  expect(JSON.parse(answer ?? '')).toEqual({
    count: 1,
    results: [{ key: 'k', reftime: 1, title: 'a+b', tags: ['x', 'y'] }],
  })
})

test('placeholders keep positions, and those without a value are named', async () => {
  const { snapshot } = await loadProject(optionsFor(framework()))
  const open = snapshot.findings.filter(({ code }) => code === 'open-placeholder')
  expect(open.map(({ message }) => message)).toEqual([
    'The placeholder %API_HOST% has no value',
    'The placeholder %STORE_CREDENTIALS% has no value',
    'The placeholder %STORE_CREDENTIALS% has no value',
  ])
  const directory = framework()
  write(
    directory,
    'swagger/api.yaml',
    "swagger: '2.0'\npaths: {/%A%%B%/x: {get: {x-amazon-apigateway-integration: {type: nope}}}}\n",
  )
  const { problems } = await validateProject(
    optionsFor(directory, { placeholders: { A: 'a-very-long-value', '%B%': '' } }),
  )
  expect(problems.map(({ code, position }) => [code, position?.line, position?.column])).toEqual([
    ['bad-value', 2, 67],
  ])
})

test('export is one document that AWS can import, and it means the same', async () => {
  const directory = projectFolder({
    'swagger/a.yaml': `swagger: '2.0'
info: {title: T, version: 1.0}
paths:
  /a/{id}:
    $ref: parts/a.yaml
definitions:
  Pet: {type: object}
`,
    'swagger/parts/a.yaml': `post:
  parameters:
    - {name: id, in: path, required: true, type: string}
    - {name: body, in: body, schema: {$ref: 'models.yaml#/definitions/Pet'}}
  responses: {'200': {description: ok}}
  x-amazon-apigateway-integration:
    type: aws
    httpMethod: POST
    uri: !Sub arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Make.Arn}/invocations
    requestParameters: null
    requestTemplates: {application/json: {$ref: ../../mapping-templates/a.vtl}, application/xml: null}
    responses: {default: {statusCode: 200, responseTemplates: {application/json: "{}"}}}
`,
    'swagger/parts/models.yaml': `definitions:
  Pet: {type: object, required: [name], properties: {name: {type: string}, parent: {$ref: '#/definitions/Pet'}}}
`,
    'mapping-templates/a.vtl': '{"id": "$input.params(\'id\')"}\n',
    'handlers/Make.js': 'exports.handler = 1',
  })
  const options = optionsFor(directory)
  const document = exportApi(options, 'a')
  expect(document).toEqual({
    swagger: '2.0',
    info: { title: 'T', version: 1 },
    paths: {
      '/a/{id}': {
        post: {
          parameters: [
            { name: 'id', in: 'path', required: true, type: 'string' },
            { name: 'body', in: 'body', schema: { $ref: '#/definitions/Pet2' } },
          ],
          responses: { 200: { description: 'ok' } },
          'x-amazon-apigateway-integration': {
            type: 'aws',
            httpMethod: 'POST',
            uri: 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:Make/invocations',
            requestTemplates: { 'application/json': '{"id": "$input.params(\'id\')"}\n' },
            responses: { default: { statusCode: 200, responseTemplates: { 'application/json': '{}' } } },
          },
        },
      },
    },
    definitions: {
      Pet: { type: 'object' },
      Pet2: {
        type: 'object',
        required: ['name'],
        properties: { name: { type: 'string' }, parent: { $ref: '#/definitions/Pet2' } },
      },
    },
  })
  const before = listRoutes((await loadProject(options)).snapshot)
  mkdirSync(join(directory, 'again'), { recursive: true })
  write(directory, 'again/swagger/a.json', JSON.stringify(document, null, 2))
  const after = listRoutes((await loadProject(optionsFor(join(directory, 'again')))).snapshot)
  const bare = (rows: typeof before) => rows.map(({ position: _position, ...row }) => row)
  expect(bare(after)).toEqual(bare(before))
  expect(() => exportApi(options, 'b')).toThrow('There is no API b')
})

test('validate adds what the specification says', async () => {
  const directory = projectFolder({
    'swagger/a.yaml': `swagger: '2.0'
info: {title: T}
paths:
  /a:
    get:
      x-amazon-apigateway-integration: {type: mock}
`,
  })
  const { problems, findings } = await validateProject(optionsFor(directory))
  expect(problems).toEqual([])
  expect(findings.map(({ severity, code, position }) => [severity, code, position?.line])).toContainEqual([
    'info',
    'openapi-specification',
    2,
  ])
  expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['openapi-specification']))
})
