import aws4 from 'aws4'
import type { Header, IntegrationAnswer, Mapped } from '../call.ts'
import { withinTimeout } from '../deadline.ts'
import type { GatewayParts } from '../gateway.ts'
import { GatewayError } from '../gateway-error.ts'
import { encodeQuery } from '../query-string.ts'
import { headerValue } from '../request-headers.ts'
import { callBackend, decoded, unreachable } from './http-client.ts'

/** What signs a call in the integration's name. */
export interface ServiceCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** Services whose `action` integrations speak JSON: the prefix of `X-Amz-Target`, from the services' API references. */
const jsonTargets: Readonly<Record<string, { readonly prefix: string; readonly version: '1.0' | '1.1' }>> = {
  dynamodb: { prefix: 'DynamoDB_20120810', version: '1.0' },
  events: { prefix: 'AWSEvents', version: '1.1' },
  firehose: { prefix: 'Firehose_20150804', version: '1.1' },
  kinesis: { prefix: 'Kinesis_20131202', version: '1.1' },
  kms: { prefix: 'TrentService', version: '1.1' },
  logs: { prefix: 'Logs_20140328', version: '1.1' },
  secretsmanager: { prefix: 'secretsmanager', version: '1.1' },
  ssm: { prefix: 'AmazonSSM', version: '1.1' },
  states: { prefix: 'AWSStepFunctions', version: '1.0' },
  'cognito-idp': { prefix: 'AWSCognitoIdentityProviderService', version: '1.1' },
}

/** Names in ARNs of integrations that differ from the name in the signature. */
const signingNames: Readonly<Record<string, string>> = { email: 'ses' }

/**
 * Calls another AWS service at the AWS door, signed:
 * https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html#apigw-Type-Integration-uri
 */
export async function answerService(parts: GatewayParts, call: Mapped): Promise<IntegrationAnswer> {
  const { target, timeoutInMillis, credentials } = call.plan.method.integration
  if (target.kind !== 'service') throw new TypeError('no service integration')
  if (parts.awsEndpoint === undefined || parts.credentials === undefined)
    throw new GatewayError('API_CONFIGURATION_ERROR', {
      status: 501,
      message: `Lambdarium serves no ${target.service} to this gateway`,
      explanation: `the integration calls ${target.service} and this gateway was made without an AWS door`,
    })
  const endpoint = new URL(parts.awsEndpoint())
  const request = target.via === 'path' ? pathRequest(call, target) : actionRequest(call, target)
  const signed = aws4.sign(
    {
      host: endpoint.host,
      method: request.method,
      path: request.path,
      headers: Object.fromEntries(request.headers),
      body: typeof request.body === 'string' ? request.body : request.body.toString('latin1'),
      service: signingNames[target.service] ?? target.service,
      region: target.region,
    },
    await parts.credentials(credentials),
  )
  const headers = Object.entries(signed.headers ?? {}).map(([name, value]) => [name, String(value)] as const)
  const url = new URL(request.path, endpoint)
  call.entry.stage('endpoint request', { method: request.method, url: url.href, service: target.service })
  try {
    const answer = await withinTimeout(parts, timeoutInMillis, signal =>
      callBackend({
        method: request.method,
        url,
        headers: headers.filter(([name]) => name.toLowerCase() !== 'content-length'),
        body: request.body,
        signal,
      }),
    )
    if (answer.status === 501)
      parts.log.warn({ service: target.service }, 'the service does not know the operation')
    return { ...decoded(answer), selection: String(answer.status) }
  } catch (cause) {
    throw unreachable(url.href, cause)
  }
}

type ServiceTarget = Extract<Mapped['plan']['method']['integration']['target'], { readonly kind: 'service' }>

interface ServiceRequest {
  readonly method: string
  readonly path: string
  readonly headers: readonly Header[]
  readonly body: Buffer | string
}

/** `…:path/{text}`: the request as mapped, at the service's own path. */
function pathRequest(call: Mapped, target: ServiceTarget): ServiceRequest {
  const { method, headers, query, body } = call.integrationRequest
  const [path = '', fixed] = fillPath(call, target.text(call.stageVariables)).split('?', 2)
  const parameters = query.map(([name, value]) => `${encodeQuery(name)}=${encodeQuery(value)}`)
  const search = [...(fixed === undefined ? [] : [fixed]), ...parameters].join('&')
  return {
    method,
    path: `/${path.replace(/^\/+/, '')}${search === '' ? '' : `?${search}`}`,
    headers: withContentType(call, headers, undefined),
    body: method === 'GET' || method === 'HEAD' ? '' : body,
  }
}

/** `…:action/{Action}&Name=value`: an operation by name, in JSON or as a form. */
function actionRequest(call: Mapped, target: ServiceTarget): ServiceRequest {
  const { method, headers, query, body } = call.integrationRequest
  const [action = '', ...fixed] = fillPath(call, target.text(call.stageVariables)).split('&')
  const json = jsonTargets[target.service]
  if (json !== undefined) {
    const sent = withContentType(call, headers, `application/x-amz-json-${json.version}`, true)
    return {
      method: 'POST',
      path: '/',
      headers: sent.some(([name]) => name.toLowerCase() === 'x-amz-target')
        ? sent
        : [...sent, ['X-Amz-Target', `${json.prefix}.${action}`]],
      body: body.length === 0 ? '{}' : body,
    }
  }
  const form = [
    `Action=${action}`,
    ...fixed,
    ...query.map(([name, value]) => `${encodeQuery(name)}=${encodeQuery(value)}`),
  ]
  const text = body.toString()
  if (method === 'GET')
    return {
      method,
      path: `/?${form.join('&')}`,
      headers: withContentType(call, headers, undefined),
      body: '',
    }
  if (text.includes('=') && !/^\s*[{[]/.test(text)) form.push(text)
  return {
    method: 'POST',
    path: '/',
    headers: withContentType(call, headers, 'application/x-www-form-urlencoded', true),
    body: form.join('&'),
  }
}

function fillPath(call: Mapped, text: string): string {
  return text.replaceAll(/\{([^{}]+)\}/g, (whole, name: string) => {
    const value = call.integrationRequest.path[name.replace(/\+$/, '')]
    return value === undefined
      ? whole
      : value.replaceAll(/[\s?#]/g, character => encodeURIComponent(character))
  })
}

function withContentType(
  call: Mapped,
  headers: readonly Header[],
  wanted: string | undefined,
  ignoreClient = false,
): readonly Header[] {
  if (headers.some(([name]) => name.toLowerCase() === 'content-type')) return headers
  const sent = ignoreClient ? undefined : headerValue(call.headers, 'content-type')
  const type = wanted ?? sent
  return type === undefined ? headers : [...headers, ['Content-Type', type]]
}
