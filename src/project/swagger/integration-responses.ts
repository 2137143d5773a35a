import type { IntegrationResponse } from '../snapshot.ts'
import { placeOf, reportUnknownKeys } from '../source/reader.ts'
import type { ScalarNode, SourceNode } from '../source/source-node.ts'
import type { ApiContext } from './api-context.ts'
import { readContentHandling } from './content-handling.ts'
import { javaPattern } from './java-pattern.ts'
import { readMappings } from './mappings.ts'
import { readTemplates } from './templates.ts'

const known = new Set(['statusCode', 'responseParameters', 'responseTemplates', 'contentHandling'])

/**
 * Reads `x-amazon-apigateway-integration.responses`, whose keys are selection patterns; `default` is the response
 * without one. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration-responses.html
 */
export function readIntegrationResponses(
  api: ApiContext,
  node: SourceNode | undefined,
): IntegrationResponse[] {
  const { reader } = api
  const responses: IntegrationResponse[] = []
  for (const { key, value, place } of reader.members(node, 'responses')) {
    const what = `The integration response ${JSON.stringify(key)}`
    reportUnknownKeys(reader, value, known, what)
    const statusCode = reader.text(reader.get(value, 'statusCode'), `${what}'s statusCode`) ?? '200'
    if (!/^[1-5]\d\d$/.test(statusCode))
      reader.report.problem(
        'bad-status-code',
        `${what} has the status code ${JSON.stringify(statusCode)}`,
        placeOf(reader.get(value, 'statusCode') ?? value),
        'A status code has three digits.',
      )
    const contentHandling = readContentHandling(api, reader.get(value, 'contentHandling'))
    const selectionPattern = key === 'default' ? undefined : readPattern(api, key, place)
    responses.push({
      statusCode,
      ...(selectionPattern === undefined ? {} : { selectionPattern }),
      ...(contentHandling === undefined ? {} : { contentHandling }),
      responseParameters: readMappings(api, reader.get(value, 'responseParameters'), 'response'),
      responseTemplates: readTemplates(api, reader.get(value, 'responseTemplates'), 'responseTemplates'),
      position: place.position,
    })
  }
  return responses
}

function readPattern(
  api: ApiContext,
  source: string,
  place: ReturnType<ScalarNode['origin']['placeAt']>,
): NonNullable<IntegrationResponse['selectionPattern']> {
  const { report } = api.reader
  try {
    const { expression, differences } = javaPattern(source)
    for (const difference of differences)
      report.finding(
        'warning',
        'selection-pattern',
        `In the selection pattern ${source}: ${difference}`,
        place,
      )
    if (/(^|[^\\\w])\d*[dswDSW]\{\d/.test(source) && !source.includes('\\'))
      report.finding(
        'warning',
        'selection-pattern',
        `The selection pattern ${source} matches the letter itself, repeated`,
        place,
        `If a class was meant, write ${source.replace(/([dswDSW])\{/, '\\$1{')}.`,
      )
    return { source, matches: text => expression.test(text) }
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    report.problem(
      'bad-selection-pattern',
      `The selection pattern ${source} is no regular expression`,
      place,
      cause.message.replace(/^Invalid regular expression: .*: /, ''),
      cause,
    )
    return { source, matches: () => false }
  }
}
