import type { Authorized, Header } from './call.ts'
import { GatewayError } from './gateway-error.ts'
import type { MappingSources } from './parameters.ts'
import { render, templateInput } from './render.ts'

/** What `requestParameters` make, by place. */
export interface MappedParameters {
  readonly header: readonly Header[]
  readonly path: readonly Header[]
  readonly querystring: readonly Header[]
}

const nothing: MappedParameters = { header: [], path: [], querystring: [] }

/** Resolves the method's request mappings; absent and empty values are left out (recorded). */
export function mapParameters(call: Authorized): MappedParameters {
  const { requestMappings } = call.plan
  if (requestMappings.length === 0) return nothing
  const sources = requestSources(call)
  const mapped = { header: [] as Header[], path: [] as Header[], querystring: [] as Header[] }
  for (const mapping of requestMappings) {
    const value = mapping.resolve(sources)
    if (value === undefined || value === '') continue
    if (typeof value === 'string') mapped[mapping.location].push([mapping.name, value])
    else for (const each of value) mapped[mapping.location].push([mapping.name, each])
  }
  return mapped
}

function requestSources(call: Authorized): MappingSources {
  const body = (): string => requireJson(call.request.body.toString('utf8'))
  return {
    headers: call.headers,
    pathParameters: call.pathParameters,
    query: call.query,
    body,
    render: template => render(call, template, templateInput(call, body())),
    context: call.contextValues,
    stageVariables: call.stageVariables,
  }
}

/** Only what looks like JSON is parsed: text that begins otherwise passes (tested on AWS by a public project). */
function requireJson(text: string): string {
  const trimmed = text.trim()
  if (/^[{["']/.test(trimmed)) {
    try {
      JSON.parse(trimmed)
    } catch (cause) {
      throw new GatewayError('BAD_REQUEST_BODY', { message: 'Invalid JSON in request body', cause })
    }
  }
  return text
}
