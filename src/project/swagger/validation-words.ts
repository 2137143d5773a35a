import type { ErrorObject } from 'ajv'

/**
 * Puts violations into the words of the validator behind API Gateway, which `$context.error.validationErrorString`
 * shows (assumed: the wording of the open-source validator that AWS's own examples show).
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function validationWords(errors: readonly ErrorObject[], value: unknown): string[] {
  // What happens inside a branch is told by the branch's own keyword.
  const branches = errors.filter(({ keyword }) => keyword === 'oneOf' || keyword === 'anyOf')
  const told = errors.filter(
    error =>
      !branches.some(branch => branch !== error && error.schemaPath.startsWith(`${branch.schemaPath}/`)),
  )
  // From the outside inwards, keywords by name.
  const depth = ({ instancePath }: ErrorObject): number => instancePath.split('/').length
  const sorted = told.toSorted((a, b) => depth(a) - depth(b) || a.keyword.localeCompare(b.keyword))
  const words = new Map<string, string>()
  for (const error of sorted) {
    const { keyword, instancePath } = error
    const names = gathered[keyword]
    if (names === undefined) words.set(`${keyword} ${error.schemaPath} ${instancePath}`, sentence(error))
    else words.set(`${keyword} ${instancePath}`, names(namesOf(sorted, keyword, instancePath)))
  }
  return words.size > 0
    ? [...words.values()]
    : [`instance does not match the schema: ${JSON.stringify(value)}`]
}

/** Violations that are told once for all properties of an object. */
const gathered: Readonly<Record<string, (names: readonly string[]) => string>> = {
  required: names => `object has missing required properties (${JSON.stringify(names)})`,
  additionalProperties: names =>
    `object instance has properties which are not allowed by the schema: ${JSON.stringify(names)}`,
}

function namesOf(errors: readonly ErrorObject[], keyword: string, instancePath: string): string[] {
  return errors
    .filter(error => error.keyword === keyword && error.instancePath === instancePath)
    .map(({ params }) => String(params['missingProperty'] ?? params['additionalProperty']))
    .sort()
}

/** Draft 4 makes a bound exclusive by a keyword beside it. */
const strict: Readonly<Record<string, string>> = {
  'minimum >': 'exclusiveMinimum',
  'maximum <': 'exclusiveMaximum',
}

function sentence(error: ErrorObject): string {
  const { schema, data } = error
  const keyword = strict[`${error.keyword} ${String(error.params['comparison'])}`] ?? error.keyword
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
