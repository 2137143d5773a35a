import { nearestName } from '../../lib/index.ts'
import type { Authorizer, Method } from '../snapshot.ts'
import { placeOf } from '../source/reader.ts'
import type { SourceNode } from '../source/source-node.ts'
import type { ApiContext } from './api-context.ts'
import { securitySchemes } from './authorizers.ts'

/** The part of a method that says who may call it. */
export type Security = Pick<Method, 'authorizationType' | 'authorizationScopes' | 'apiKeyRequired'> & {
  readonly authorizer?: Authorizer
}

/**
 * Reads `security` and `x-amazon-apigateway-auth`. At the root of a file AWS takes authorizers only (recorded); API
 * keys and IAM must stand at the operation.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
 */
export function readSecurity(api: ApiContext, operation: SourceNode): Security {
  const { reader } = api
  let authorizationType: Method['authorizationType'] = 'NONE'
  let authorizer: Authorizer | undefined
  let authorizationScopes: string[] = []
  let apiKeyRequired = false
  const own = reader.get(operation, 'security')
  const requirements = own ?? reader.get(api.root, 'security')
  const atRoot = own === undefined
  for (const requirement of reader.items(requirements, 'security')) {
    for (const { key, value, place } of reader.members(requirement, 'A security requirement')) {
      const found = api.authorizers.get(key)
      if (found !== undefined) {
        authorizer = found
        authorizationType = found.type === 'COGNITO_USER_POOLS' ? 'COGNITO_USER_POOLS' : 'CUSTOM'
        if (found.type === 'COGNITO_USER_POOLS')
          reader.report.finding(
            'warning',
            'unsupported-authorizer',
            `${key} asks a Cognito user pool, and none is emulated yet: the method answers 500`,
            place,
            'A Lambda authorizer can stand in for it.',
          )
        authorizationScopes = reader
          .items(value, 'The scopes')
          .flatMap(item => reader.text(item, 'A scope') ?? [])
        continue
      }
      const kind = schemeKind(api, key, place)
      if (kind === undefined) continue
      if (atRoot) {
        if (
          reader.report.findings.some(
            finding => finding.code === 'root-security' && finding.position?.file === api.file,
          )
        )
          continue
        reader.report.finding(
          'warning',
          'root-security',
          `AWS does not apply ${key} from the root of the file`,
          place,
          'Repeat security in each operation.',
        )
      } else if (kind === 'iam') authorizationType = 'AWS_IAM'
      else apiKeyRequired = true
    }
  }
  const auth = reader.get(operation, 'x-amazon-apigateway-auth')
  const type = reader.text(reader.get(auth, 'type'), 'x-amazon-apigateway-auth')?.toUpperCase()
  if (type === 'AWS_IAM' || type === 'NONE') {
    authorizationType = type
    authorizer = undefined
  } else if (type !== undefined && auth !== undefined)
    reader.report.problem(
      'bad-value',
      `x-amazon-apigateway-auth has the type ${type}`,
      placeOf(auth),
      'type: AWS_IAM or NONE; authorizers are named in security.',
    )
  return {
    authorizationType,
    ...(authorizer === undefined ? {} : { authorizer }),
    authorizationScopes,
    apiKeyRequired,
  }
}

type Place = ReturnType<typeof placeOf>

/**
 * What a security requirement means. AWS's own sample of request validation requires a scheme that it does not define
 * (api-gateway-request-validation-sample-api-swagger), so only what looks like a slip is refused.
 */
function schemeKind(api: ApiContext, name: string, place: Place): 'iam' | 'api-key' | undefined {
  const { reader } = api
  const schemes = securitySchemes(api)
  const scheme = reader.get(schemes, name)
  if (scheme === undefined) {
    const near = nearestName(name, schemes?.kind === 'map' ? schemes.entries.keys() : [])
    if (near === undefined)
      reader.report.finding(
        'warning',
        'unknown-security-scheme',
        `There is no security scheme ${JSON.stringify(name)}; it protects nothing`,
        place,
        'Define it in securityDefinitions or components.securitySchemes.',
      )
    else
      reader.report.problem(
        'unknown-security-scheme',
        `There is no security scheme ${JSON.stringify(name)}`,
        place,
        `Did you mean ${near}?`,
      )
    return undefined
  }
  const authType = reader.text(
    reader.get(scheme, 'x-amazon-apigateway-authtype'),
    'x-amazon-apigateway-authtype',
  )
  if (/^awsSigv4$/i.test(authType ?? '')) return 'iam'
  const type = reader.text(reader.get(scheme, 'type'), 'type')
  const header = reader.text(reader.get(scheme, 'name'), 'name')
  if (type === 'apiKey' && header?.toLowerCase() === 'x-api-key') return 'api-key'
  // An authorizer that could not be read has been reported.
  if (reader.get(scheme, 'x-amazon-apigateway-authorizer') !== undefined) return undefined
  const code = 'security-without-effect'
  if (
    !reader.report.findings.some(
      finding => finding.code === code && finding.message.includes(JSON.stringify(name)),
    )
  )
    reader.report.finding(
      'warning',
      code,
      `The security scheme ${JSON.stringify(name)} has no effect on API Gateway: its methods are open to all`,
      placeOf(scheme),
      'Add x-amazon-apigateway-authorizer, or x-amazon-apigateway-authtype: awsSigv4, or name: x-api-key.',
    )
  return undefined
}
