import type { Authorizer } from '../snapshot.ts'
import { type Member, placeOf, reportUnknownKeys } from '../source/reader.ts'
import type { SourceNode } from '../source/source-node.ts'
import type { ApiContext } from './api-context.ts'
import { hintOfVariable, lambdaTarget } from './integration-target.ts'
import { javaPattern } from './java-pattern.ts'

const known = new Set(
  `type authorizerUri authorizerCredentials identitySource identityValidationExpression authorizerResultTtlInSeconds
   providerARNs authorizerPayloadFormatVersion enableSimpleResponses jwtConfiguration`.split(/\s+/),
)
const kinds: Readonly<Record<string, Authorizer['type']>> = {
  token: 'TOKEN',
  request: 'REQUEST',
  cognito_user_pools: 'COGNITO_USER_POOLS',
}
const identitySource =
  /^(method\.request\.(header|querystring|path|multivalueheader|multivaluequerystring)\.[\w.$-]+|stageVariables\.[\w.$-]+|context\.[\w.$-]+)$/

/** The security schemes of either dialect. */
export function securitySchemes(api: ApiContext): SourceNode | undefined {
  return (
    api.reader.get(api.root, 'securityDefinitions') ??
    api.reader.get(api.reader.get(api.root, 'components'), 'securitySchemes')
  )
}

/**
 * Reads every `x-amazon-apigateway-authorizer`.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
 */
export function readAuthorizers(api: ApiContext): void {
  for (const scheme of api.reader.members(securitySchemes(api), 'The security schemes')) {
    const node = api.reader.get(scheme.value, 'x-amazon-apigateway-authorizer')
    const authorizer = node && readAuthorizer(api, scheme, node)
    if (authorizer !== undefined) api.authorizers.set(scheme.key, authorizer)
  }
}

function readAuthorizer(api: ApiContext, scheme: Member, node: SourceNode): Authorizer | undefined {
  const { reader } = api
  const { report } = reader
  const place = placeOf(node)
  const what = `The authorizer ${scheme.key}`
  reportUnknownKeys(reader, node, known, what)
  const written = reader.text(reader.get(node, 'type'), `${what}'s type`) ?? ''
  const type = kinds[written.toLowerCase()]
  if (type === undefined) {
    const jwt = written.toLowerCase() === 'jwt'
    report.problem(
      'bad-authorizer',
      jwt
        ? `${what} is of the type jwt, which only HTTP APIs have`
        : `${what} has the type ${JSON.stringify(written)}`,
      place,
      jwt
        ? 'In a REST API, a Cognito token is checked by type: cognito_user_pools, another one by a Lambda authorizer.'
        : 'type: token, request or cognito_user_pools',
    )
    return undefined
  }
  const uriNode = reader.get(node, 'authorizerUri')
  const uri = reader.substituted(uriNode, `${what}'s authorizerUri`)?.text
  const target = uri === undefined ? undefined : lambdaTarget(api, uri, placeOf(uriNode ?? node))
  if (type !== 'COGNITO_USER_POOLS' && target === undefined)
    report.problem(
      'bad-authorizer',
      uri === undefined ? `${what} has no authorizerUri` : `${what}'s authorizerUri names no function`,
      uriNode === undefined ? place : placeOf(uriNode),
      hintOfVariable(uri ?? '') ??
        'arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{function ARN}/invocations',
    )
  const providerArns = reader
    .items(reader.get(node, 'providerARNs'), 'providerARNs')
    .flatMap(item => reader.substituted(item, 'A provider ARN')?.text ?? [])
  if (type === 'COGNITO_USER_POOLS' && providerArns.length === 0)
    report.problem('bad-authorizer', `${what} has no providerARNs`, place, 'Name the user pool’s ARN.')
  const credentials = reader.substituted(
    reader.get(node, 'authorizerCredentials'),
    'authorizerCredentials',
  )?.text
  const expression = readExpression(api, reader.get(node, 'identityValidationExpression'))
  return {
    name: scheme.key,
    type,
    ...(target === undefined ? {} : { functionName: target.functionName }),
    ...(target?.qualifier === undefined ? {} : { qualifier: target.qualifier }),
    ...(credentials === undefined ? {} : { credentials }),
    identitySources: readIdentitySources(api, scheme, node, type),
    ...(expression === undefined ? {} : { identityValidationExpression: expression }),
    resultTtl:
      reader.integer(reader.get(node, 'authorizerResultTtlInSeconds'), 'authorizerResultTtlInSeconds') ?? 300,
    providerArns,
    position: place.position,
  }
}

/** TOKEN and Cognito authorizers take the header that the security scheme names; REQUEST says it itself. */
function readIdentitySources(
  api: ApiContext,
  scheme: Member,
  node: SourceNode,
  type: Authorizer['type'],
): string[] {
  const { reader } = api
  const sourceNode = reader.get(node, 'identitySource')
  const written = type === 'REQUEST' ? reader.text(sourceNode, 'identitySource') : undefined
  if (written === undefined) {
    const name = reader.text(reader.get(scheme.value, 'name'), 'name') ?? 'Authorization'
    const location = reader.text(reader.get(scheme.value, 'in'), 'in') === 'query' ? 'querystring' : 'header'
    return type === 'REQUEST' && name === 'Unused' ? [] : [`method.request.${location}.${name}`]
  }
  const sources = written.split(',').map(source => source.trim())
  for (const source of sources)
    if (!identitySource.test(source))
      reader.report.problem(
        'bad-authorizer',
        `The identity source ${JSON.stringify(source)} is no mapping expression`,
        placeOf(sourceNode ?? node),
        'For example method.request.header.Authorization, method.request.querystring.token.',
      )
  return sources
}

function readExpression(api: ApiContext, node: SourceNode | undefined): string | undefined {
  const text = api.reader.text(node, 'identityValidationExpression')
  if (text === undefined || node === undefined) return undefined
  try {
    javaPattern(text)
  } catch (cause) {
    api.reader.report.problem(
      'bad-authorizer',
      `The identityValidationExpression ${text} is no regular expression`,
      placeOf(node),
      (cause as Error).message,
      cause,
    )
  }
  return text
}
