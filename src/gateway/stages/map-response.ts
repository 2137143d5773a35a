import type { Template } from '../../vtl/index.ts'
import type { Answered, Header, IntegrationAnswer } from '../call.ts'
import { convertResponseBody } from '../content-handling.ts'
import { GatewayError } from '../gateway-error.ts'
import { findHeader, hasHeader } from '../header-list.ts'
import { remapHeaders } from '../header-rules.ts'
import { defaultMediaType, mediaType } from '../media-type.ts'
import type { MappingSources } from '../parameters.ts'
import type { ResponsePlan } from '../plan.ts'
import { render, templateInput, textOf } from '../render.ts'
import { headerValue, readHeaders } from '../request-headers.ts'

/** The method response, before the gateway's own headers. */
export interface MethodResponse {
  readonly status: number
  readonly headers: readonly Header[]
  readonly body: Buffer
}

/**
 * Makes the method response out of the integration's answer:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-integration-settings-integration-response.html
 */
export function mapResponse(call: Answered): MethodResponse {
  const { answer } = call
  const { type } = call.plan.method.integration
  const response =
    type === 'AWS_PROXY' || type === 'HTTP_PROXY' ? proxied(answer) : mapped(call, selectResponse(call))
  const result = { ...response, headers: remapHeaders(type, response.headers) }
  call.entry.stage('method response', result)
  return result
}

function proxied(answer: IntegrationAnswer): MethodResponse {
  return { status: answer.status, headers: answer.headers, body: answer.body }
}

/** The first response whose pattern matches the whole text, else the default one. */
function selectResponse(call: Answered): ResponsePlan {
  const { selection } = call.answer
  const { responses } = call.plan
  const selected =
    responses.find(({ response }) => response.selectionPattern?.matches(selection) === true) ??
    responses.find(({ response }) => response.selectionPattern === undefined)
  if (selected !== undefined) return selected
  throw new GatewayError('API_CONFIGURATION_ERROR', {
    explanation: `no integration response matches ${JSON.stringify(selection)} and there is no default; patterns: ${responses.map(({ response }) => response.selectionPattern?.source).join(', ') || 'none'}`,
  })
}

function mapped(call: Answered, { response, mappings }: ResponsePlan): MethodResponse {
  const { answer } = call
  const answerType = findHeader(answer.headers, 'content-type')
  const headers = mapHeaders(call, mappings)
  const converted = convertResponseBody(
    answer.body,
    call.plan.api.isBinary(answerType),
    call.plan.api.isBinary(headerValue(call.headers, 'accept')),
    response.contentHandling,
  )
  const template = chooseTemplate(response.responseTemplates, answerType, headerValue(call.headers, 'accept'))
  const body =
    template === undefined
      ? converted
      : render(call, template.template, templateInput(call, textOf(converted)))
  const { status, header } = call.templateContext().overrides().response
  call.entry.stage('integration response mapping', {
    selection: answer.selection,
    statusCode: response.statusCode,
    template: template?.template.name,
    source: template?.template.source,
  })
  const overridden = override(headers, Object.entries(header))
  return {
    status: status ?? Number(response.statusCode),
    headers: hasHeader(overridden, 'content-type')
      ? overridden
      : [['Content-Type', template?.type ?? defaultMediaType], ...overridden],
    body: typeof body === 'string' ? Buffer.from(body, 'utf8') : body,
  }
}

/**
 * By the Content-Type of the integration's answer, else by the client's Accept, else the one for JSON, else the
 * first (assumed where several are left).
 */
function chooseTemplate(
  templates: ReadonlyMap<string, Template>,
  answerType: string | undefined,
  accept: string | undefined,
): { readonly template: Template; readonly type: string } | undefined {
  for (const wanted of [answerType, accept, defaultMediaType, '$default']) {
    if (wanted === undefined) continue
    const template = templates.get(wanted) ?? templates.get(mediaType(wanted))
    if (template !== undefined)
      return { template, type: wanted === '$default' ? defaultMediaType : mediaType(wanted) }
  }
  for (const [type, template] of templates) return { template, type }
  return undefined
}

function mapHeaders(call: Answered, mappings: ResponsePlan['mappings']): readonly Header[] {
  if (mappings.length === 0) return []
  const body = (): string => call.answer.body.toString('utf8')
  const sources: MappingSources = {
    headers: readHeaders(call.answer.headers.flat(), [], true),
    pathParameters: null,
    query: null,
    body,
    render: template => render(call, template, templateInput(call, body())),
    context: call.contextValues,
    stageVariables: call.stageVariables,
  }
  const headers: Header[] = []
  for (const { name, resolve } of mappings) {
    const value = resolve(sources)
    if (typeof value === 'string' && value !== '') headers.push([name, value])
  }
  return headers
}

function override(headers: readonly Header[], overrides: readonly Header[]): readonly Header[] {
  if (overrides.length === 0) return headers
  const replaced = new Set(overrides.map(([name]) => name.toLowerCase()))
  return [...headers.filter(([name]) => !replaced.has(name.toLowerCase())), ...overrides]
}
