import type { Template } from '../../vtl/index.ts'
import type { Authorized, Header, IntegrationRequest, Mapped } from '../call.ts'
import { convertRequestBody, type Payload } from '../content-handling.ts'
import { enrich } from '../enrich.ts'
import { GatewayError } from '../gateway-error.ts'
import { isIllegalMapping } from '../header-rules.ts'
import { proxyEvent } from '../integrations/proxy-event.ts'
import { locateJsonProblem } from '../json-problem.ts'
import { mapParameters } from '../map-parameters.ts'
import { defaultMediaType, mediaType } from '../media-type.ts'
import { render, templateInput, textOf } from '../render.ts'
import { headerValue } from '../request-headers.ts'

/**
 * Makes the integration request:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-settings-integration-request.html
 */
export function mapRequest(call: Authorized): Mapped {
  const { integration } = call.plan.method
  const proxy = integration.type === 'AWS_PROXY' || integration.type === 'HTTP_PROXY'
  const template = proxy ? undefined : chooseTemplate(call)
  const parameters = mapParameters(call)
  refuseIllegalHeaders(call, parameters.header)
  const integrationRequest: IntegrationRequest =
    integration.type === 'AWS_PROXY'
      ? { method: 'POST', headers: [], query: [], path: {}, body: Buffer.from(proxyEvent(call)) }
      : proxy
        ? withParameters(call, parameters, call.request.body)
        : templatedRequest(call, template, parameters)
  call.entry.stage('integration request', {
    template: template?.name,
    source: template?.source,
    ...integrationRequest,
  })
  return enrich(call, { integrationRequest })
}

type Parameters = ReturnType<typeof mapParameters>

function withParameters(call: Authorized, parameters: Parameters, body: Payload): IntegrationRequest {
  const { httpMethod } = call.plan.method.integration
  return {
    method: httpMethod === 'ANY' || httpMethod === '' ? call.request.method : httpMethod,
    headers: parameters.header,
    query: parameters.querystring,
    path: Object.fromEntries(parameters.path),
    body,
  }
}

function templatedRequest(
  call: Authorized,
  template: Template | undefined,
  parameters: Parameters,
): IntegrationRequest {
  const binary = call.plan.api.isBinary(headerValue(call.headers, 'content-type') ?? defaultMediaType)
  const body = convertRequestBody(call.request.body, binary, call.plan.method.integration.contentHandling)
  if (template === undefined) return withParameters(call, parameters, body)
  const text = textOf(body)
  refuseBrokenJson(call, template, text)
  const rendered = render(call, template, templateInput(call, text))
  const overrides = call.templateContext().overrides().request
  return withParameters(
    call,
    {
      header: overridden(parameters.header, overrides.header, true),
      querystring: overridden(parameters.querystring, overrides.querystring, false),
      path: overridden(parameters.path, overrides.path, false),
    },
    rendered,
  )
}

/**
 * The template of the request's Content-Type, by passthrough behaviour none or 415:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html
 */
function chooseTemplate(call: Authorized): Template | undefined {
  const { requestTemplates, passthroughBehavior } = call.plan.method.integration
  const sent = headerValue(call.headers, 'content-type') ?? defaultMediaType
  const template =
    requestTemplates.get(sent) ?? requestTemplates.get(mediaType(sent)) ?? requestTemplates.get('$default')
  if (template !== undefined || passthroughBehavior === 'WHEN_NO_MATCH') return template
  if (passthroughBehavior === 'WHEN_NO_TEMPLATES' && requestTemplates.size === 0) return undefined
  throw new GatewayError('UNSUPPORTED_MEDIA_TYPE', {
    explanation: `there is no request template for ${sent} and passthroughBehavior is ${passthroughBehavior}; templates: ${[...requestTemplates.keys()].join(', ') || 'none'}`,
  })
}

/**
 * A template that reads the body as JSON refuses one that begins like JSON and is none: 400 (recorded in 2016 by
 * ToQoz/api-gateway-mapping-template; text that begins otherwise is a string to the template).
 */
function refuseBrokenJson(call: Authorized, template: Template, body: string): void {
  const first = body.trimStart()[0]
  if ((first !== '{' && first !== '[') || !/\$!?\{?input\.(?:path|json)\b/.test(template.source)) return
  const problem = locateJsonProblem(body)
  if (problem === undefined || isLenientJson(call, body)) return
  throw new GatewayError('BAD_REQUEST_BODY', {
    message: 'Could not process payload',
    explanation: `the body is no JSON: ${problem.message} at line ${problem.line}, column ${problem.column}\n${problem.frame}`,
  })
}

/** The service's JSON reader takes more than JSON: `{a: 1}`, single quotes. What it cannot read stays one string. */
function isLenientJson(call: Authorized, body: string): boolean {
  const read = render(call, call.plan.wholeBody, templateInput(call, body))
  return read !== '' && read !== body
}

function refuseIllegalHeaders(call: Authorized, headers: readonly Header[]): void {
  const { type } = call.plan.method.integration
  for (const [name] of headers) {
    if (isIllegalMapping(type, name.toLowerCase()))
      throw new GatewayError('API_CONFIGURATION_ERROR', {
        explanation: `an integration request of type ${type} may not map the header ${name}`,
      })
  }
}

/** An override replaces every mapped value of its name. */
function overridden(
  mapped: readonly Header[],
  overrides: Readonly<Record<string, string>>,
  ignoreCase: boolean,
): readonly Header[] {
  const entries = Object.entries(overrides)
  if (entries.length === 0) return mapped
  const key = (name: string): string => (ignoreCase ? name.toLowerCase() : name)
  const replaced = new Set(entries.map(([name]) => key(name)))
  return [...mapped.filter(([name]) => !replaced.has(key(name))), ...entries]
}
