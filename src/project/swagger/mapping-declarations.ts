import type { Place } from '../problems.ts'
import type { Integration, MethodResponse, RequestParameter } from '../snapshot.ts'
import type { ApiContext } from './api-context.ts'

/**
 * Reports mappings from and to what the method does not declare: AWS refuses them at import ("Invalid mapping
 * expression parameter specified"), here they are warnings.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html
 */
export function checkMappings(
  api: ApiContext,
  integration: Integration,
  parameters: readonly RequestParameter[],
  responses: ReadonlyMap<string, MethodResponse>,
  place: Place,
): void {
  const { report } = api.reader
  const declared = new Set(parameters.map(parameter => `${parameter.location} ${parameter.name}`))
  for (const { source, position } of integration.requestParameters) {
    const match = /^method\.request\.(?:multivalue)?(path|querystring|header)\.(.+)$/.exec(source)
    if (match === null || declared.has(`${match[1]} ${match[2]}`)) continue
    report.finding(
      'warning',
      'undeclared-parameter',
      `${source} is mapped, but the method does not declare it; AWS refuses the file`,
      { position, source: place.source },
      `Add { name: ${match[2]}, in: ${match[1] === 'querystring' ? 'query' : match[1]} } to parameters.`,
    )
  }
  if (/PROXY$/.test(integration.type)) return
  const statusCodes = new Map<string, string>()
  for (const response of integration.responses) {
    const where = { position: response.position, source: place.source }
    const pattern = response.selectionPattern?.source ?? 'default'
    const other = statusCodes.get(response.statusCode)
    if (other !== undefined)
      report.finding(
        'warning',
        'status-code-twice',
        `${pattern} and ${other} both answer ${response.statusCode}; AWS keeps one integration response per status code`,
        where,
        `Join them: "${[other, pattern].filter(text => text !== 'default').join('|')}".`,
      )
    statusCodes.set(response.statusCode, pattern)
    const method = responses.get(response.statusCode)
    if (method === undefined) {
      report.finding(
        'warning',
        'undeclared-status',
        `${pattern} answers ${response.statusCode}, which the method's responses do not declare; AWS refuses the file`,
        where,
        `Add "${response.statusCode}" to responses.`,
      )
      continue
    }
    for (const { target, position } of response.responseParameters) {
      const name = target.replace('method.response.header.', '')
      if (method.headers.has(name.toLowerCase())) continue
      report.finding(
        'warning',
        'undeclared-header',
        `${target} is set, but the response ${response.statusCode} does not declare the header; AWS refuses the file`,
        { position, source: place.source },
        `Add ${name} to the headers of the response ${response.statusCode}.`,
      )
    }
  }
}
