import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'
import { expect, onTestFinished, test } from 'vitest'
import { dynamodb, dynamodbstreams } from '../../../src/services/dynamodb/index.ts'
import { startDoor } from '../../support/aws-door.ts'
import { createCountedIds } from '../../support/counted-ids.ts'

async function start() {
  const { endpoint } = await startDoor({ services: [dynamodb, dynamodbstreams] })
  const send = async (operation: string, body: string | Uint8Array) => {
    const response = await fetch(endpoint, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        authorization:
          'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
        'x-amz-date': '20260101T000000Z',
        'x-amz-target': `DynamoDB_20120810.${operation}`,
      },
    })
    return { status: response.status, text: await response.text() }
  }
  const key = [{ AttributeName: 'id', KeyType: 'HASH' }]
  const attributes = [{ AttributeName: 'id', AttributeType: 'S' }]
  const table = {
    TableName: 'Tab',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: key,
    AttributeDefinitions: attributes,
  }
  const made = await send('CreateTable', JSON.stringify(table))
  expect([made.status, made.text.slice(0, 20)]).toEqual([200, '{"TableDescription":'])
  await send(
    'PutItem',
    JSON.stringify({ TableName: 'Tab', Item: { id: { S: 'a' }, x: { N: '1' }, y: { N: '2' } } }),
  )
  return send
}

const item = (id: string, rest: object = {}) =>
  JSON.stringify({ TableName: 'Tab', Item: { id: { S: id }, ...rest } })
const nested = (depth: number): object => (depth === 0 ? { S: 'x' } : { L: [nested(depth - 1)] })
const filter = (expression: string) => JSON.stringify({ TableName: 'Tab', FilterExpression: expression })

test('requests that stop or hang a well-known peer are answered', async () => {
  const send = await start()
  expect((await send('PutItem', 'null')).status).toBe(400)
  expect(JSON.parse((await send('Scan', filter('x < y'))).text).Count).toBe(1)
  expect(JSON.parse((await send('Scan', filter('x > y'))).text).Count).toBe(0)
  expect((await send('Scan', filter(`${'('.repeat(1500)}x = y${')'.repeat(1500)}`))).status).toBe(400)
  expect((await send('Scan', filter(`${'NOT '.repeat(1000)}x = y`))).status).toBe(400)
  expect((await send('PutItem', item('deep', { v: nested(32) }))).status).toBe(200)
  expect((await send('PutItem', item('deeper', { v: nested(33) }))).text).toContain(
    'Nesting Levels have exceeded',
  )
  expect((await send('PutItem', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`)).status).toBe(400)
  expect(
    JSON.parse((await send('GetItem', JSON.stringify({ TableName: 'Tab', Key: { id: { S: 'a' } } }))).text)
      .Item,
  ).toEqual({ id: { S: 'a' }, x: { N: '1' }, y: { N: '2' } })
})

/** A small generator of its own, so that every run tries the same. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    yield state / 2 ** 32
  }
}

test('no expression and no body makes the service fail', async () => {
  const send = await start()
  const random = numbers(7)
  const pick = <Value>(values: readonly Value[]): Value =>
    values[Math.floor((random.next().value ?? 0) * values.length)] as Value
  const words =
    'a b #n :v ( ) [0] [99999999999999999999] . , = <> < <= > >= + - AND OR NOT IN BETWEEN SET REMOVE ADD DELETE size(a) attribute_exists contains begins_with if_not_exists list_append __proto__ constructor 0 \u0000 é "'.split(
      ' ',
    )
  const expression = () =>
    Array.from({ length: 1 + Math.floor((random.next().value ?? 0) * 12) }, () => pick(words)).join(' ')
  const value = (): unknown =>
    pick<unknown>([
      null,
      0,
      '',
      [],
      {},
      true,
      { S: 'a' },
      { N: 'x' },
      { N: '1e400' },
      { M: { __proto__: { S: '' } } },
      { NS: [] },
      { B: '*' },
      { S: 1 },
    ])
  const statuses = new Set<number>()
  for (let round = 0; round < 1500; round++) {
    const body: Record<string, unknown> = {
      TableName: pick(['Tab', 'Tab', 'Tab', '', null, 3]),
      Key: pick([{ id: { S: 'a' } }, { id: value() }, value()]),
      Item: pick([{ id: { S: 'f' }, a: value() }, value()]),
      ExpressionAttributeNames: pick([undefined, { '#n': 'b' }, value()]),
      ExpressionAttributeValues: pick([undefined, { ':v': { N: '1' } }, { ':v': value() }]),
    }
    for (const name of [
      'UpdateExpression',
      'ConditionExpression',
      'FilterExpression',
      'KeyConditionExpression',
      'ProjectionExpression',
      'Statement',
    ])
      if ((random.next().value ?? 0) < 0.5) body[name] = expression()
    const operation = pick([
      'PutItem',
      'UpdateItem',
      'GetItem',
      'DeleteItem',
      'Query',
      'Scan',
      'ExecuteStatement',
    ])
    const { status, text } = await send(operation, JSON.stringify(body))
    statuses.add(status)
    if (status >= 500) expect.fail(`${operation} ${JSON.stringify(body)}: ${text}`)
  }
  expect([...statuses].sort()).toEqual([200, 400])
})

test('a share of the calls is refused as too many', async () => {
  let calls = 0
  const { clientConfig } = await startDoor({
    services: [dynamodb],
    ids: {
      ...createCountedIds(),
      // Every second draw lies below the share.
      bytes: length => new Uint8Array(length).fill(calls++ % 2 === 0 ? 0 : 255),
    },
    chaos: { throttle: 0.5 },
  })
  const client = new DynamoDBClient({ ...clientConfig(), maxAttempts: 1 })
  onTestFinished(() => client.destroy())
  const get = () =>
    client.send(new GetItemCommand({ TableName: 'Tab', Key: { id: { S: 'a' } } })).catch(error => error.name)
  expect([await get(), await get(), await get()]).toEqual([
    'ProvisionedThroughputExceededException',
    'ResourceNotFoundException',
    'ProvisionedThroughputExceededException',
  ])
})
