import type { ParameterMapping } from '../snapshot.ts'
import { placeOf } from '../source/reader.ts'
import type { ScalarNode, SourceNode } from '../source/source-node.ts'
import type { ApiContext } from './api-context.ts'

/** Documented are letters, digits and `._$-`; what AWS makes of others is not known, so they are taken. */
const name = String.raw`[^\s']+`
const shared = [`context\\.${name}`, `stageVariables\\.${name}`, "'[^]*'"]
const requestTarget = new RegExp(`^integration\\.request\\.(header|querystring|path)\\.${name}$`)
const requestSource = new RegExp(
  `^(${[`method\\.request\\.(path|querystring|multivaluequerystring|header|multivalueheader)\\.${name}`, 'method\\.request\\.body(\\.[^]+)?', ...shared].join('|')})$`,
)
const responseTarget = new RegExp(`^method\\.response\\.header\\.${name}$`)
const responseSource = new RegExp(
  `^(${[`integration\\.response\\.(header|multivalueheader)\\.${name}`, 'integration\\.response\\.body(\\.[^]+)?', ...shared].join('|')})$`,
)

/**
 * Reads `requestParameters` of an integration or `responseParameters` of one of its responses. What is no mapping
 * expression is a problem here, since AWS refuses it at import.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-parameter-mapping-sources.html
 */
export function readMappings(
  api: ApiContext,
  node: SourceNode | undefined,
  side: 'request' | 'response',
): ParameterMapping[] {
  const what = side === 'request' ? 'requestParameters' : 'responseParameters'
  const mappings: ParameterMapping[] = []
  for (const { key, value, place } of api.reader.members(node, what)) {
    const source = api.reader.text(value, `${what} ${key}`)
    if (source === undefined) continue
    if (value.kind === 'scalar' && typeof value.value !== 'string') {
      reportNoText(api, what, key, value)
      continue
    }
    const targets = side === 'request' ? requestTarget : responseTarget
    const sources = side === 'request' ? requestSource : responseSource
    const example =
      side === 'request'
        ? 'integration.request.querystring.id: method.request.path.id, or a literal: "\'text\'"'
        : 'method.response.header.Location: integration.response.body.url, or a literal: "\'*\'"'
    if (!targets.test(key))
      api.reader.report.problem(
        'bad-mapping',
        `${JSON.stringify(key)} is nothing that a ${side} mapping can set`,
        place,
        `For example ${example}.`,
      )
    if (!sources.test(source))
      api.reader.report.problem(
        'bad-mapping',
        `Invalid mapping expression specified: ${source}`,
        placeOf(value),
        `For example ${example}.`,
      )
    mappings.push({ target: key, source, position: place.position })
  }
  return mappings
}

/** ImportRestApi warns of a value that is no text, in these words, and leaves the mapping out (recorded from AWS). */
function reportNoText(api: ApiContext, what: string, key: string, value: ScalarNode): void {
  api.reader.report.finding(
    'warning',
    'mapping-no-text',
    `Invalid format for '${what}'. Expected type string for property '${key}' but got '${value.text}'; it is left out`,
    placeOf(value),
    `A literal has quotes of its own: "'${value.text}'".`,
  )
}
