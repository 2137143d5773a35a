import type { ParameterTier, ParameterType, PutParameterRequest } from '@aws-sdk/client-ssm'
import { UserError } from '../../../lib/index.ts'

/** What an object with a `value` may have beside it; names as PutParameter has them, in either case. */
const described = ['value', 'type', 'description', 'tier', 'allowedpattern', 'datatype', 'keyid']

function lowerKeys(object: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key.toLowerCase(), value]))
}

/** `{ "value": …, "type": … }` is one parameter; any other object is a level of the hierarchy. */
function isDescription(object: object): boolean {
  const keys = Object.keys(object).map(key => key.toLowerCase())
  return keys.includes('value') && keys.every(key => described.includes(key))
}

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

function plainValue(
  file: string,
  name: string,
  value: unknown,
): { readonly Value: string; readonly Type: ParameterType } {
  if (isScalar(value)) return { Value: String(value), Type: 'String' }
  if (Array.isArray(value) && value.length > 0 && value.every(isScalar))
    return { Value: value.join(','), Type: 'StringList' }
  throw new UserError('parameter-file', `${file}: ${name} has no value that a parameter could have`, {
    hint: 'write a string, a number, true or false, a list of these, or { "type": …, "value": … }',
  })
}

const text = <Key extends string>(key: Key, value: unknown): { readonly [K in Key]?: string } =>
  (value === undefined ? {} : { [key]: String(value) }) as { readonly [K in Key]?: string }

function parameterOf(file: string, name: string, value: unknown): PutParameterRequest {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { Name: name, ...plainValue(file, name, value) }
  const given = lowerKeys(value)
  const { Value, Type } = plainValue(file, name, given['value'])
  return {
    Name: name,
    Value,
    Type: (given['type'] ?? Type) as ParameterType,
    ...text('Description', given['description']),
    ...(given['tier'] === undefined ? {} : { Tier: given['tier'] as ParameterTier }),
    ...text('AllowedPattern', given['allowedpattern']),
    ...text('DataType', given['datatype']),
    ...text('KeyId', given['keyid']),
  }
}

/** Every parameter in one file's content below `prefix`; a key that begins with a slash is a whole name. */
export function* parametersIn(
  file: string,
  prefix: string,
  content: unknown,
): Generator<PutParameterRequest> {
  const isLevel = typeof content === 'object' && content !== null && !Array.isArray(content)
  if (!isLevel || isDescription(content)) {
    if (prefix === '') throw new UserError('parameter-file', `${file} is no JSON object of names and values`)
    yield parameterOf(file, prefix, content)
    return
  }
  for (const [key, value] of Object.entries(content))
    yield* parametersIn(file, key.startsWith('/') ? key : `${prefix}/${key}`, value)
}
