import { expect, test } from 'vitest'
import { methodOf, mockApi, snapshotOf } from './support.ts'

async function violations(schema: string, value: unknown, definitions = ''): Promise<readonly string[]> {
  const snapshot = await snapshotOf({
    'swagger/a.yaml': mockApi(
      `parameters: [{name: b, in: body, schema: ${schema}}]\nx-amazon-apigateway-integration: {type: mock}`,
      definitions,
    ),
  })
  return (
    methodOf(snapshot, 'GET', '/a').requestModels.get('application/json')?.validate(value) ?? ['no model']
  )
}

// The wording is that of the open-source validator behind API Gateway (assumed).
test.each([
  ['{type: object}', {}, []],
  [
    '{type: object}',
    [],
    ['instance type (array) does not match any allowed primitive type (allowed: ["object"])'],
  ],
  [
    '{type: number}',
    'a',
    ['instance type (string) does not match any allowed primitive type (allowed: ["integer","number"])'],
  ],
  ['{type: [string, "null"]}', null, []],
  [
    '{required: [b, a], additionalProperties: false, properties: {a: {}, b: {}, c: {minLength: 3}}}',
    { c: 'x', z: 1, y: 2 },
    [
      'object instance has properties which are not allowed by the schema: ["y","z"]',
      'object has missing required properties (["a","b"])',
      'string "x" is too short (length: 1, required minimum: 3)',
    ],
  ],
  [
    '{minimum: 1, exclusiveMinimum: true}',
    1,
    ['numeric instance is not strictly greater than the required minimum 1'],
  ],
  ['{maximum: 1}', 2, ['numeric instance is greater than the required maximum (maximum: 1, found: 2)']],
  ['{enum: [a, b]}', 'c', ['instance value ("c") not found in enum (possible values: ["a","b"])']],
  ["{pattern: '^a'}", 'b', ['ECMA 262 regex "^a" does not match input string "b"']],
  [
    '{oneOf: [{type: string}, {type: integer}]}',
    true,
    ['instance failed to match exactly one schema (matched 0 out of 2)'],
  ],
  [
    '{anyOf: [{type: string}, {type: integer}]}',
    true,
    ['instance failed to match at least one required schema among 2'],
  ],
  [
    '{items: {type: string}, maxItems: 1, uniqueItems: true}',
    ['a', 'a'],
    [
      'array is too long: must have at most 1 elements but instance has 2 elements',
      'array must not contain duplicate elements',
    ],
  ],
  ['{format: int32, type: integer}', 99_999_999_999, []],
  ['{format: date-time}', 'yesterday', ['string "yesterday" is invalid against requested format date-time']],
  [
    '{type: string, nullable: true}',
    null,
    ['instance type (null) does not match any allowed primitive type (allowed: ["string"])'],
  ],
])('%s on %j', async (schema, value, expected) => {
  expect(await violations(schema, value)).toEqual(expected)
})

// Recorded of AWS: circular models are validated all the way down.
test('models that refer to each other, also by their URL', async () => {
  const definitions = `definitions:
  Person: {type: object, required: [name], properties: {name: {type: string}, b: {type: number}, house: {$ref: '#/definitions/House'}}}
  House: {type: object, properties: {contains: {type: array, items: {$ref: 'https://apigateway.amazonaws.com/restapis/abc123/models/Person'}}}}`
  const schema = "{$ref: '#/definitions/Person'}"
  const inner = (person: unknown) => ({ name: 'a', b: 2, house: { random: 'x', contains: [person] } })
  expect(await violations(schema, inner({ name: 'b', b: 3 }), definitions)).toEqual([])
  expect(await violations(schema, { random: 'x' }, definitions)).toEqual([
    'object has missing required properties (["name"])',
  ])
  expect(await violations(schema, inner({ random: 'x' }), definitions)).toEqual([
    'object has missing required properties (["name"])',
  ])
})
