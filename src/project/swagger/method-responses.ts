import type { MethodResponse, Model } from '../snapshot.ts'
import type { SourceNode } from '../source/source-node.ts'
import type { ApiContext } from './api-context.ts'
import { rawMember } from './parameters.ts'

/** Reads an operation's `responses`. API Gateway has no `default` among them and leaves it out. */
export function readMethodResponses(
  api: ApiContext,
  operation: SourceNode,
  label: string,
): Map<string, MethodResponse> {
  const { reader } = api
  const responses = new Map<string, MethodResponse>()
  for (const { key, value } of reader.members(reader.get(operation, 'responses'), 'responses')) {
    if (!/^[1-5]\d\d$/.test(key)) continue
    const headers = reader
      .members(reader.get(value, 'headers'), 'headers')
      .map(header => header.key.toLowerCase())
    responses.set(key, {
      statusCode: key,
      headers: new Set(headers),
      models: readModels(api, value, `${label} ${key}`),
    })
  }
  return responses
}

function readModels(api: ApiContext, response: SourceNode, label: string): Map<string, Model> {
  const models = new Map<string, Model>()
  const schema = rawMember(api, response, 'schema')
  if (schema !== undefined) models.set('application/json', api.models.model(schema, label))
  for (const { key, value } of api.reader.members(api.reader.get(response, 'content'), 'content')) {
    const content = rawMember(api, value, 'schema')
    if (content !== undefined) models.set(key, api.models.model(content, label))
  }
  return models
}
