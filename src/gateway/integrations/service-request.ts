import type { Header, Mapped } from '../call.ts'
import { hasHeader } from '../header-list.ts'
import { defaultMediaType } from '../media-type.ts'
import { encodeQuery } from '../query-string.ts'
import { headerValue } from '../request-headers.ts'

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

/** The target of an integration with a service other than Lambda. */
export type ServiceTarget = Extract<
  Mapped['plan']['method']['integration']['target'],
  { readonly kind: 'service' }
>

/** One call of a service, before it is signed. */
export interface ServiceRequest {
  readonly method: string
  readonly path: string
  readonly headers: readonly Header[]
  readonly body: Buffer | string
  /** The action whose answer is to be wrapped as services with a query protocol wrap theirs. */
  readonly wrap?: string
}

/** `…:path/{text}`: the request as mapped, at the service's own path. */
export function pathRequest(call: Mapped, target: ServiceTarget): ServiceRequest {
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
export function actionRequest(call: Mapped, target: ServiceTarget): ServiceRequest {
  const { method, headers, query, body } = call.integrationRequest
  const [action = '', ...fixed] = fillPath(call, target.text(call.stageVariables)).split('&')
  const json = jsonTargets[target.service]
  if (target.service === 'ssm' && query.length > 0) return queryAsJson(call, action)
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

/**
 * Systems Manager is still called by query parameters, which here become its JSON (recorded: the answer is wrapped as
 * `GetParameterResponse.GetParameterResult`, a body is ignored).
 */
function queryAsJson(call: Mapped, action: string): ServiceRequest {
  const input: Record<string, unknown> = {}
  for (const [name, value] of call.integrationRequest.query)
    input[name] = value === 'true' ? true : value === 'false' ? false : value
  return {
    method: 'POST',
    path: '/',
    headers: [
      ['Content-Type', 'application/x-amz-json-1.1'],
      ['X-Amz-Target', `AmazonSSM.${action}`],
    ],
    body: JSON.stringify(input),
    wrap: action,
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

/** With the gateway's own headers (seen in execution logs); JSON is what makes query services answer JSON. */
function withContentType(
  call: Mapped,
  mapped: readonly Header[],
  wanted: string | undefined,
  ignoreClient = false,
): readonly Header[] {
  const headers: Header[] = [...mapped]
  if (!hasHeader(headers, 'accept')) headers.push(['Accept', defaultMediaType])
  if (!hasHeader(headers, 'user-agent'))
    headers.push(['User-Agent', `AmazonAPIGateway_${call.plan.api.api.id}`])
  if (hasHeader(headers, 'content-type')) return headers
  const sent = ignoreClient ? undefined : headerValue(call.headers, 'content-type')
  const type = wanted ?? sent
  return type === undefined ? headers : [...headers, ['Content-Type', type]]
}
