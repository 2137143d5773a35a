import type { ErrorObject } from 'ajv'

/**
 * Puts violations into the words of the validator behind API Gateway, which `$context.error.validationErrorString`
 * shows (assumed: the wording of the open-source validator that AWS's own examples show).
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function validationWords(errors: readonly ErrorObject[], value: unknown): string[] {
  const words: string[] = []
  const missing = new Map<string, string[]>()
  const additional = new Map<string, string[]>()
  // What happens inside a branch is told by the branch's own keyword.
  const branches = errors.filter(error => error.keyword === 'oneOf' || error.keyword === 'anyOf')
  for (const error of errors) {
    if (branches.some(branch => branch !== error && error.schemaPath.startsWith(`${branch.schemaPath}/`)))
      continue
    if (error.keyword === 'required') group(missing, error, 'missingProperty')
    else if (error.keyword === 'additionalProperties') group(additional, error, 'additionalProperty')
    else words.push(sentence(error))
  }
  for (const names of additional.values())
    words.push(
      `object instance has properties which are not allowed by the schema: ${JSON.stringify(names.sort())}`,
    )
  for (const names of missing.values())
    words.push(`object has missing required properties (${JSON.stringify(names.sort())})`)
  return words.length > 0 ? words : [`instance does not match the schema: ${JSON.stringify(value)}`]
}

function group(groups: Map<string, string[]>, error: ErrorObject, parameter: string): void {
  const names = groups.get(error.instancePath) ?? []
  names.push(String(error.params[parameter]))
  groups.set(error.instancePath, names)
}

function sentence(error: ErrorObject): string {
  const { keyword, schema, data } = error
  const shown = JSON.stringify(data)
  const length = Array.isArray(data) ? data.length : typeof data === 'string' ? [...data].length : size(data)
  switch (keyword) {
    case 'type':
      return `instance type (${typeName(data)}) does not match any allowed primitive type (allowed: ${JSON.stringify(allowedTypes(schema))})`
    case 'enum':
      return `instance value (${shown}) not found in enum (possible values: ${JSON.stringify(schema)})`
    case 'minimum':
      return `numeric instance is lower than the required minimum (minimum: ${String(schema)}, found: ${shown})`
    case 'maximum':
      return `numeric instance is greater than the required maximum (maximum: ${String(schema)}, found: ${shown})`
    case 'exclusiveMinimum':
      return `numeric instance is not strictly greater than the required minimum ${String(error.params['limit'] ?? schema)}`
    case 'exclusiveMaximum':
      return `numeric instance is not strictly lower than the required maximum ${String(error.params['limit'] ?? schema)}`
    case 'multipleOf':
      return `remainder of division is not zero (${shown} / ${String(schema)})`
    case 'minLength':
      return `string ${shown} is too short (length: ${length}, required minimum: ${String(schema)})`
    case 'maxLength':
      return `string ${shown} is too long (length: ${length}, maximum allowed: ${String(schema)})`
    case 'pattern':
      return `ECMA 262 regex ${JSON.stringify(schema)} does not match input string ${shown}`
    case 'format':
      return `string ${shown} is invalid against requested format ${String(schema)}`
    case 'minItems':
      return `array is too short: must have at least ${String(schema)} elements but instance has ${length} elements`
    case 'maxItems':
      return `array is too long: must have at most ${String(schema)} elements but instance has ${length} elements`
    case 'uniqueItems':
      return 'array must not contain duplicate elements'
    case 'additionalItems':
      return 'array is too long: its additional elements are not allowed by the schema'
    case 'minProperties':
      return `object has too few properties (found ${length} but schema requires at least ${String(schema)})`
    case 'maxProperties':
      return `object has too many properties (found ${length} but schema requires at most ${String(schema)})`
    case 'oneOf': {
      const passing = error.params['passingSchemas'] as unknown[] | null
      return `instance failed to match exactly one schema (matched ${passing?.length ?? 0} out of ${size(schema)})`
    }
    case 'anyOf':
      return `instance failed to match at least one required schema among ${size(schema)}`
    case 'not':
      return 'instance matched a schema which it should not have'
    default:
      return `instance ${error.message ?? `violates ${keyword}`}`
  }
}

function size(value: unknown): number {
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0
}

function typeName(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

/** Every integer is a number, and the validator says so. */
function allowedTypes(schema: unknown): unknown[] {
  const names = Array.isArray(schema) ? schema : [schema]
  return names.includes('number') ? [...new Set(['integer', ...names])] : names
}
