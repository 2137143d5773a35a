import type { GatewayResponse, GatewayResponseType, RestApi } from '../project/index.ts'
import type { PlainValue } from '../vtl/index.ts'
import type { Header } from './call.ts'
import type { GatewayError } from './gateway-error.ts'
import { gatewayResponseDefaults } from './gateway-error.ts'
import { hasHeader, isSendable } from './header-list.ts'
import { defaultMediaType, mediaType } from './media-type.ts'
import { compileSource, type MappingSources, member } from './parameters.ts'
import { headerValue } from './request-headers.ts'
import type { MethodResponse } from './stages/map-response.ts'

/**
 * Turns an error into the answer of its gateway response, customised or not:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 */
export function gatewayResponse(
  error: GatewayError,
  api: RestApi | undefined,
  sources: Omit<MappingSources, 'body' | 'render'>,
): MethodResponse {
  const custom = customisation(error.type, api)
  const context = { ...sources.context(), error: errorContext(error) }
  const headers: Header[] = [['x-amzn-ErrorType', error.errorType]]
  if (custom === undefined)
    return {
      status: error.status,
      headers: [['Content-Type', defaultMediaType], ...headers],
      body: Buffer.from(defaultBody(error)),
    }
  const all: MappingSources = { ...sources, context: () => context, body: () => '', render: () => '' }
  const template = chooseTemplate(custom, headerValue(sources.headers, 'accept'))
  for (const [target, source] of Object.entries(custom.responseParameters)) {
    const name = target.replace(/^gatewayresponse\.header\./i, '')
    const value = compileSource(undefined, source, 'method.request.')(all)
    if (typeof value === 'string' && isSendable(name, value)) headers.push([name, value])
  }
  const typed = hasHeader(headers, 'content-type')
  return {
    status: custom.statusCode ?? error.status,
    headers: typed ? headers : [['Content-Type', template?.type ?? defaultMediaType], ...headers],
    body: Buffer.from(template === undefined ? defaultBody(error) : fill(template.text, all)),
  }
}

/** The type's own entry, else DEFAULT_4XX or DEFAULT_5XX by the type's status (recorded). */
function customisation(type: GatewayResponseType, api: RestApi | undefined): GatewayResponse | undefined {
  const own = api?.gatewayResponses.get(type)
  if (own !== undefined) return own
  return api?.gatewayResponses.get(
    gatewayResponseDefaults[type].status >= 500 ? 'DEFAULT_5XX' : 'DEFAULT_4XX',
  )
}

/**
 * The default template is `{"message":$context.error.messageString}` for all types (recorded), but two differ on the
 * wire: server errors have a space after the colon (recorded), ACCESS_DENIED of policies has a capital M.
 */
function defaultBody(error: GatewayError): string {
  const text = JSON.stringify(error.text)
  if (error.text !== null && error.status >= 500) return `{"message": ${text}}`
  if (error.type === 'ACCESS_DENIED' && error.errorType === 'AccessDeniedException')
    return `{"Message":${text}}`
  return `{"message":${text}}`
}

function errorContext(error: GatewayError): Readonly<Record<string, PlainValue>> {
  return {
    message: error.text,
    messageString: JSON.stringify(error.text),
    responseType: error.type,
    validationErrorString: error.validationErrors ?? '',
  }
}

function chooseTemplate(
  custom: GatewayResponse,
  accept: string | undefined,
): { readonly text: string; readonly type: string } | undefined {
  const templates = custom.responseTemplates
  const wanted = accept === undefined ? defaultMediaType : mediaType(accept)
  for (const type of [wanted, defaultMediaType]) {
    const text = templates[type]
    if (text !== undefined) return { text, type }
  }
  for (const [type, text] of Object.entries(templates)) return { text, type }
  return undefined
}

/** Fills in variables and nothing else: gateway response templates are not VTL (documented). */
function fill(template: string, sources: MappingSources): string {
  const pattern = /\$\{?((?:context|stageVariables|method\.request)(?:\.[A-Za-z0-9_$-]+)+)\}?/g
  return template.replaceAll(pattern, (_whole, reference: string) => {
    const [root, ...path] = reference.split('.')
    if (root === 'context') return print(member(sources.context(), path))
    if (root === 'stageVariables') return sources.stageVariables[path.join('.')] ?? ''
    const value = compileSource(undefined, reference, 'method.request.')(sources)
    return typeof value === 'string' ? value : ''
  })
}

function print(value: PlainValue): string {
  if (value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
