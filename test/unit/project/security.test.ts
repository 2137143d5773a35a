import { expect, test } from 'vitest'
import { methodOf, mockApi, snapshotOf } from './support.ts'

const mock = 'x-amazon-apigateway-integration: {type: mock}'
const schemes = `securityDefinitions:
  sigv4: {type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4}
  api_key: {type: apiKey, name: x-api-key, in: header}
  basic: {type: basic}
  token:
    type: apiKey
    name: X-Token
    in: header
    x-amazon-apigateway-authtype: oauth2
    x-amazon-apigateway-authorizer:
      type: token
      authorizerUri: arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:1:function:check:vtwo/invocations
      authorizerCredentials: arn:aws:iam::1:role/x
      identityValidationExpression: "^x-[a-z]+"
      authorizerResultTtlInSeconds: "60"
  several:
    type: apiKey
    name: Unused
    in: header
    x-amazon-apigateway-authorizer:
      type: REQUEST
      identitySource: method.request.header.A, method.request.querystring.b , context.stage
      authorizerUri: arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:1:function:check/invocations
  pool:
    type: apiKey
    name: Authorization
    in: header
    x-amazon-apigateway-authtype: cognito_user_pools
    x-amazon-apigateway-authorizer: {type: cognito_user_pools, providerARNs: ["arn:aws:cognito-idp:us-east-1:1:userpool/us-east-1_x"]}`

async function securityOf(operation: string, root = '') {
  const snapshot = await snapshotOf({
    'swagger/a.yaml': mockApi(`${mock}\n${operation}`, `${schemes}\n${root}`),
    'handlers/check.js': 'exports.handler = 1',
  })
  const { authorizationType, authorizer, apiKeyRequired, authorizationScopes } = methodOf(
    snapshot,
    'GET',
    '/a',
  )
  const codes = snapshot.findings.map(({ code }) => code)
  return [authorizationType, authorizer?.name, apiKeyRequired, authorizationScopes, codes]
}

test.each([
  ['', '', ['NONE', undefined, false, [], []]],
  ['security: [{sigv4: []}]', '', ['AWS_IAM', undefined, false, [], []]],
  ['x-amazon-apigateway-auth: {type: aws_iam}', '', ['AWS_IAM', undefined, false, [], []]],
  ['x-amazon-apigateway-auth: {type: NONE}\nsecurity: [{sigv4: []}]', '', ['NONE', undefined, false, [], []]],
  ['security: [{api_key: []}]', '', ['NONE', undefined, true, [], []]],
  ['security: [{api_key: [], token: []}]', '', ['CUSTOM', 'token', true, [], []]],
  ['security: [{api_key: []}, {sigv4: []}]', '', ['AWS_IAM', undefined, true, [], []]],
  [
    'security: [{pool: [pets/read]}]',
    '',
    ['COGNITO_USER_POOLS', 'pool', false, ['pets/read'], ['unsupported-authorizer']],
  ],
  ['security: [{basic: []}]', '', ['NONE', undefined, false, [], ['security-without-effect']]],
  // Recorded: AWS takes an authorizer from the root. Documented: nothing else.
  ['', 'security: [{several: []}]', ['CUSTOM', 'several', false, [], []]],
  ['', 'security: [{sigv4: []}]', ['NONE', undefined, false, [], ['root-security']]],
  ['security: []', 'security: [{several: []}]', ['NONE', undefined, false, [], []]],
])('%s %s', async (operation, root, expected) => {
  expect(await securityOf(operation, root)).toEqual(expected)
})

test('authorizers', async () => {
  const snapshot = await snapshotOf({
    'swagger/a.yaml': mockApi(mock, schemes),
    'handlers/check.js': 'exports.handler = 1',
  })
  const authorizers = [...(snapshot.apis[0]?.authorizers.values() ?? [])].map(
    ({ functionName, qualifier, position: _position, ...rest }) => ({
      ...rest,
      functionName: functionName?.({}),
      qualifier: qualifier?.({}),
    }),
  )
  expect(authorizers).toEqual([
    {
      name: 'token',
      type: 'TOKEN',
      functionName: 'check',
      qualifier: 'vtwo',
      credentials: 'arn:aws:iam::1:role/x',
      identitySources: ['method.request.header.X-Token'],
      identityValidationExpression: '^x-[a-z]+',
      resultTtl: 60,
      providerArns: [],
    },
    {
      name: 'several',
      type: 'REQUEST',
      functionName: 'check',
      qualifier: undefined,
      identitySources: ['method.request.header.A', 'method.request.querystring.b', 'context.stage'],
      resultTtl: 300,
      providerArns: [],
    },
    {
      name: 'pool',
      type: 'COGNITO_USER_POOLS',
      functionName: undefined,
      qualifier: undefined,
      identitySources: ['method.request.header.Authorization'],
      resultTtl: 300,
      providerArns: ['arn:aws:cognito-idp:us-east-1:1:userpool/us-east-1_x'],
    },
  ])
})

test('what holds for an API as a whole', async () => {
  const snapshot = await snapshotOf({
    'swagger/a.yaml': mockApi(
      `${mock}\nx-amazon-apigateway-request-validator: body`,
      `x-amazon-apigateway-endpoint-configuration: {types: [regional]}
x-amazon-apigateway-api-key-source: authorizer
x-amazon-apigateway-binary-media-types: [image/png, image~1jpeg]
x-amazon-apigateway-minimum-compression-size: 1024
x-amazon-apigateway-importexport-version: '1.0'
x-amazon-apigateway-documentation: {version: '1', documentationParts: []}
x-amazon-apigateway-request-validator: all
x-amazon-apigateway-request-validators:
  all: {validateRequestBody: true, validateRequestParameters: true}
  body: {validateRequestBody: true}
x-amazon-apigateway-policy:
  Version: '2012-10-17'
  Statement: [{Effect: Allow, Principal: '*', Action: execute-api:Invoke, Resource: !Sub 'arn:aws:execute-api:\${AWS::Region}:\${AWS::AccountId}:*'}]
x-amazon-apigateway-gateway-responses:
  DEFAULT_4XX: {responseParameters: {gatewayresponse.header.Access-Control-Allow-Origin: "'*'"}}
  INVALID_API_KEY: {statusCode: '429', responseTemplates: {application/json: '{"m": $context.error.messageString}'}}`,
    ),
  })
  expect(snapshot.findings).toEqual([])
  const [api] = snapshot.apis
  expect({
    ...api,
    resources: [],
    file: '',
    gatewayResponses: [...(api?.gatewayResponses.values() ?? [])],
  }).toEqual({
    id: 'a',
    name: 'T',
    file: '',
    endpointType: 'REGIONAL',
    apiKeySource: 'AUTHORIZER',
    binaryMediaTypes: ['image/png', 'image/jpeg'],
    minimumCompressionSize: 1024,
    policy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: '*',
          Action: 'execute-api:Invoke',
          Resource: 'arn:aws:execute-api:eu-west-1:123456789012:*',
        },
      ],
    },
    gatewayResponses: [
      {
        type: 'DEFAULT_4XX',
        responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" },
        responseTemplates: {},
      },
      {
        type: 'INVALID_API_KEY',
        statusCode: 429,
        responseParameters: {},
        responseTemplates: { 'application/json': '{"m": $context.error.messageString}' },
      },
    ],
    resources: [],
    authorizers: new Map(),
  })
  expect(methodOf(snapshot, 'GET', '/a').validator).toEqual({ body: true, parameters: false })
})
