import type { RestApi } from '../snapshot.ts'
import { placeOf } from '../source/reader.ts'
import type { ApiContext } from './api-context.ts'

type Endpoint = Pick<RestApi, 'endpointType' | 'apiKeySource' | 'binaryMediaTypes'> & {
  readonly minimumCompressionSize?: number
}

/** Reads what holds for an API as a whole: endpoint, API key source, binary types, compression. */
export function readEndpoint(api: ApiContext): Endpoint {
  const { reader } = api
  const configuration = reader.get(api.root, 'x-amazon-apigateway-endpoint-configuration')
  const types = reader
    .items(reader.get(configuration, 'types'), 'types')
    .flatMap(item => reader.text(item, 'An endpoint type')?.toUpperCase() ?? [])
  const endpointType =
    types[0] ?? (reader.get(configuration, 'vpcEndpointIds') === undefined ? 'EDGE' : 'PRIVATE')
  if (endpointType !== 'EDGE' && endpointType !== 'REGIONAL' && endpointType !== 'PRIVATE')
    reader.report.problem(
      'bad-value',
      `There is no endpoint type ${JSON.stringify(endpointType)}`,
      placeOf(configuration ?? api.root),
      'types: one of EDGE, REGIONAL, PRIVATE',
    )
  for (const key of ['vpcEndpointIds', 'disableExecuteApiEndpoint']) {
    const node = reader.get(configuration, key)
    if (node !== undefined)
      reader.report.finding(
        'info',
        'no-effect',
        `${key} has no effect: there is one endpoint, and all may reach it`,
        placeOf(node),
      )
  }
  const sourceNode = reader.get(api.root, 'x-amazon-apigateway-api-key-source')
  const source = reader.text(sourceNode, 'x-amazon-apigateway-api-key-source')?.toUpperCase() ?? 'HEADER'
  if (source !== 'HEADER' && source !== 'AUTHORIZER')
    reader.report.problem(
      'bad-value',
      `x-amazon-apigateway-api-key-source is ${JSON.stringify(source)}`,
      placeOf(sourceNode ?? api.root),
      'HEADER or AUTHORIZER',
    )
  const size = compressionSize(api)
  return {
    endpointType: endpointType === 'REGIONAL' || endpointType === 'PRIVATE' ? endpointType : 'EDGE',
    apiKeySource: source === 'AUTHORIZER' ? 'AUTHORIZER' : 'HEADER',
    // Slashes are written as ~1 where the list was taken from a patch operation.
    binaryMediaTypes: reader
      .items(
        reader.get(api.root, 'x-amazon-apigateway-binary-media-types'),
        'x-amazon-apigateway-binary-media-types',
      )
      .flatMap(item => reader.text(item, 'A media type')?.replaceAll('~1', '/') ?? []),
    ...(size === undefined ? {} : { minimumCompressionSize: size }),
  }
}

function compressionSize(api: ApiContext): number | undefined {
  const key = 'x-amazon-apigateway-minimum-compression-size'
  const node = api.reader.get(api.root, key)
  const size = api.reader.integer(node, key)
  if (size !== undefined && (size < 0 || size > 10_485_760))
    api.reader.report.problem(
      'bad-value',
      `${key} is ${size}`,
      placeOf(node ?? api.root),
      'AWS takes 0 to 10485760 bytes.',
    )
  return size
}
