import { expect, test } from 'vitest'
import { createServiceWires } from '../../../../src/aws/index.ts'

const wires = createServiceWires()

/** The message about an input, as `service.Operation` would word it. */
function message(name: string, input: object): string | undefined {
  const [id = '', operation = ''] = name.split('.')
  const wire = wires(id)
  const shape = wire.linked.operation(operation)?.input
  return shape === undefined ? undefined : wire.validator(shape)(input)
}

const key = { Key: { id: { S: '1' } } }

test.each([
  ['dynamodb.GetItem', { TableName: 'abc', ...key }, undefined],
  [
    'dynamodb.GetItem',
    key,
    "1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be null",
  ],
  [
    'dynamodb.GetItem',
    { TableName: '', ReturnConsumedCapacity: 'hi' },
    "3 validation errors detected: Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 1; " +
      "Value null at 'key' failed to satisfy constraint: Member must not be null; " +
      "Value 'hi' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]",
  ],
  [
    'dynamodb.CreateTable',
    {
      TableName: 'abc',
      KeySchema: [{ AttributeName: 'a', KeyType: 'X' }],
      AttributeDefinitions: [
        { AttributeName: 'a', AttributeType: 'S' },
        { AttributeName: 'b', AttributeType: 'A' },
      ],
    },
    "2 validation errors detected: Value 'A' at 'attributeDefinitions.2.member.attributeType' failed to satisfy constraint: Member must satisfy enum value set: [B, N, S]; " +
      "Value 'X' at 'keySchema.1.member.keyType' failed to satisfy constraint: Member must satisfy enum value set: [HASH, RANGE]",
  ],
  [
    'ssm.GetParameters',
    { Names: [''] },
    "1 validation error detected: Value '[]' at 'names' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 2048, Member must have length greater than or equal to 1]",
  ],
  [
    'ssm.DescribeParameters',
    { MaxResults: 51 },
    "1 validation error detected: Value '51' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 50",
  ],
  [
    'iam.CreateUser',
    { UserName: 'a b' },
    "1 validation error detected: Value 'a b' at 'userName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+",
  ],
] as const)('%s %j', (name, input, expected) => {
  expect(message(name, input)).toBe(expected)
})

test('a sensitive value is not repeated', () => {
  expect(message('cognito-idp.SignUp', { ClientId: 'c', Username: 'u', Password: '' })).toBe(
    "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\S]+",
  )
  expect(message('kms.Encrypt', { KeyId: 'k', Plaintext: new Uint8Array(5000) })).toBe(
    "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096",
  )
})

/** PutItem's input out of a body. */
function putItem(body: string): { TableName: string; Item: object } {
  const wire = wires('dynamodb')
  const operation = wire.linked.operation('PutItem')
  if (operation === undefined) throw new Error('PutItem')
  const request = { method: 'POST', path: '/', query: [], headers: {}, labels: {}, body: Buffer.from(body) }
  return wire.codec('awsJson1_0').decode(operation, request) as { TableName: string; Item: object }
}

/** Wordings: dynalite's recordings of DynamoDB. */
test.each([
  ['{"TableName":23}', 'NUMBER_VALUE cannot be converted to String'],
  ['{"TableName":2.5}', 'DECIMAL_VALUE cannot be converted to String'],
  ['{"TableName":true}', 'TRUE_VALUE cannot be converted to String'],
  ['{"TableName":[]}', 'Unrecognized collection type class java.lang.String'],
  ['{"TableName":{}}', 'Start of structure or map found where not expected'],
  ['{"Item":"a"}', 'Unexpected field type'],
  ['{"Item":{"a":5}}', 'Unexpected value type in payload'],
  ['{"Item":{"a":{"B":"23456"}}}', 'Base64 encoded length is expected a multiple of 4 bytes but found: 5'],
  ['{"Item":{"a":{"B":1}}}', 'only base-64-encoded strings are convertible to bytes'],
  ['{"Item":{"a":{"SS":"x"}}}', 'Unexpected field type'],
  ['{"Item":{"a":{"BOOL":"x"}}}', 'Unexpected token received from parser'],
  ['{', ''],
  ['[]', 'Unexpected value type in payload'],
])('%s', (body, expected) => {
  expect(() => putItem(body)).toThrow(
    expect.objectContaining({ code: 'SerializationException', statusCode: 400, message: expected }),
  )
})

test('null is absent, unknown members are ignored, __proto__ is only a key', () => {
  const body =
    '{"TableName":"abc","Nope":1,"ReturnValues":null,"Item":{"__proto__":{"S":"y","Q":1},"a":{"S":"x","Q":1}}}'
  const input = putItem(body)
  expect(Object.keys(input)).toEqual(['TableName', 'Item'])
  expect(Object.keys(input.Item)).toEqual(['__proto__', 'a'])
  const own = Object.getOwnPropertyDescriptor(input.Item, '__proto__')?.value as object
  expect(own).toEqual({ S: 'y' })
  expect((input.Item as { a: object }).a).toEqual({ S: 'x' })
  expect(Object.getPrototypeOf(input.Item)).toBe(Object.prototype)
})
