import { nearestName } from '../../lib/index.ts'
import type { Method } from '../snapshot.ts'
import { placeOf } from '../source/reader.ts'
import type { SourceNode } from '../source/source-node.ts'
import type { ApiContext } from './api-context.ts'

/**
 * The validator that an operation, or else its file, names.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-validation-sample-api-swagger.html
 */
export function readValidator(api: ApiContext, operation: SourceNode): Method['validator'] {
  const { reader } = api
  const key = 'x-amazon-apigateway-request-validator'
  const named = reader.get(operation, key) ?? reader.get(api.root, key)
  const name = reader.text(named, key)
  if (name === undefined || named === undefined) return undefined
  const validators = reader.get(api.root, 'x-amazon-apigateway-request-validators')
  const validator = reader.get(validators, name)
  if (validator === undefined) {
    if (name.toUpperCase() === 'NONE') return undefined
    const near = nearestName(name, validators?.kind === 'map' ? validators.entries.keys() : [])
    reader.report.problem(
      'unknown-validator',
      `There is no request validator ${JSON.stringify(name)}`,
      placeOf(named),
      near === undefined ? 'Define it in x-amazon-apigateway-request-validators.' : `Did you mean ${near}?`,
    )
    return undefined
  }
  return {
    body: reader.boolean(reader.get(validator, 'validateRequestBody'), 'validateRequestBody') ?? false,
    parameters:
      reader.boolean(reader.get(validator, 'validateRequestParameters'), 'validateRequestParameters') ??
      false,
  }
}
