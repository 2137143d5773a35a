import type { Model } from '../../project/index.ts'
import type { Authorized } from '../call.ts'
import { GatewayError } from '../gateway-error.ts'
import { defaultMediaType, mediaType } from '../media-type.ts'
import { headerValue } from '../request-headers.ts'

/**
 * Checks required parameters, then the body, as the method's validator asks:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
 * The texts and the order of the names (header, path, querystring) are recorded.
 */
export function validate(call: Authorized): Authorized {
  const { validator } = call.plan.method
  if (validator === undefined) return call
  if (validator.parameters) requireParameters(call)
  if (validator.body) validateBody(call)
  return call
}

function requireParameters(call: Authorized): void {
  const missing = call.plan.method.requestParameters
    .filter(parameter => parameter.required && !isPresent(call, parameter.location, parameter.name))
    .map(parameter => ({ key: `${parameter.location}.${parameter.name}`, name: parameter.name }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
  if (missing.length === 0) return
  throw new GatewayError('BAD_REQUEST_PARAMETERS', {
    message: `Missing required request parameters: [${missing.map(({ name }) => name).join(', ')}]`,
  })
}

/** A blank parameter counts as missing (documented). */
function isPresent(call: Authorized, location: 'path' | 'querystring' | 'header', name: string): boolean {
  const value =
    location === 'header'
      ? headerValue(call.headers, name.toLowerCase())
      : location === 'path'
        ? call.pathParameters?.[name]
        : call.query?.single[name]
  return value !== undefined && value.trim() !== ''
}

function validateBody(call: Authorized): void {
  const model = modelFor(call)
  if (model === undefined) return
  const problems = violations(model, call.request.body)
  if (problems.length === 0) return
  const validationErrors = `[${problems.join(', ')}]`
  throw new GatewayError('BAD_REQUEST_BODY', {
    validationErrors,
    explanation: `the body does not fit the model ${model.name}: ${problems.join('; ')}`,
  })
}

/** The model of the request's media type; a body of another media type is not validated (documented). */
function modelFor(call: Authorized): Model | undefined {
  const { requestModels } = call.plan.method
  const type = mediaType(headerValue(call.headers, 'content-type') ?? defaultMediaType)
  return requestModels.get(type) ?? requestModels.get('$default')
}

/** An empty body is validated as `{}` (recorded). */
function violations(model: Model, body: Buffer): readonly string[] {
  let value: unknown
  try {
    value = body.length === 0 ? {} : JSON.parse(body.toString('utf8'))
  } catch (error) {
    return [`it is no JSON: ${(error as Error).message}`]
  }
  return model.validate(value)
}
