import aws4 from 'aws4'

/** An item of about a kilobyte; `n` makes it and its key differ. */
export function itemOf(n: number): object {
  return {
    pk: { S: `user-${n % 1000}` },
    sk: { S: `order-${String(n).padStart(8, '0')}` },
    total: { N: String(n * 1.5) },
    paid: { BOOL: n % 2 === 0 },
    tags: { SS: ['red', 'green', 'blue'] },
    address: { M: { street: { S: 'Harbour Road 17' }, city: { S: 'Salthaven' }, zip: { N: '12345' } } },
    lines: { L: [1, 2, 3].map(line => ({ M: { sku: { S: `sku-${line}` }, count: { N: String(line) } } })) },
    note: { S: 'x'.repeat(600) },
  }
}

const key = (n: number) => ({
  pk: { S: `user-${n % 1000}` },
  sk: { S: `order-${String(n).padStart(8, '0')}` },
})

/** Queries read these partitions, which hold a hundred items each. */
const wide = (n: number): string => `wide-${n % 20}`

/** The table that everything happens in. */
export const createTable = {
  TableName: 'Orders',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
}

/** Items that are there before anything is measured: 2,000 for reads by key, 20 × 100 for queries. */
export function seedBodies(): object[] {
  const items = [
    ...Array.from({ length: 2000 }, (_, n) => itemOf(n)),
    ...Array.from({ length: 2000 }, (_, n) => ({
      ...itemOf(n),
      pk: { S: wide(n) },
      sk: { S: String(Math.floor(n / 20)).padStart(4, '0') },
    })),
  ]
  return Array.from({ length: items.length / 25 }, (_, batch) => ({
    RequestItems: {
      Orders: items.slice(batch * 25, batch * 25 + 25).map(Item => ({ PutRequest: { Item } })),
    },
  }))
}

/** One kind of request, and how many times dynalite's throughput it is to reach. */
export interface Scenario {
  readonly name: string
  readonly operation: string
  readonly target: number
  /** Requests before anything is measured: enough for V8 to have compiled everybody's hot paths. */
  readonly warmUp: number
  /** Requests that are measured in each turn. */
  readonly count: number
  readonly body: (n: number) => object
}

const query = (limit: number) => (n: number) => ({
  TableName: 'Orders',
  KeyConditionExpression: 'pk = :pk',
  ExpressionAttributeValues: { ':pk': { S: wide(n) } },
  Limit: limit,
})

/** What is measured. */
export const scenarios: readonly Scenario[] = [
  {
    name: 'PutItem',
    operation: 'PutItem',
    target: 2,
    warmUp: 10_000,
    count: 6000,
    body: n => ({ TableName: 'Orders', Item: itemOf(n) }),
  },
  {
    name: 'conditional put',
    operation: 'PutItem',
    target: 2.5,
    warmUp: 10_000,
    count: 6000,
    body: n => ({
      TableName: 'Orders',
      Item: itemOf(n),
      ConditionExpression: 'attribute_exists(pk) AND #t >= :zero',
      ExpressionAttributeNames: { '#t': 'total' },
      ExpressionAttributeValues: { ':zero': { N: '0' } },
    }),
  },
  {
    name: 'UpdateItem',
    operation: 'UpdateItem',
    target: 2,
    warmUp: 10_000,
    count: 6000,
    body: n => ({
      TableName: 'Orders',
      Key: key(n),
      UpdateExpression: 'SET #t = #t + :one, address.city = :city',
      ExpressionAttributeNames: { '#t': 'total' },
      ExpressionAttributeValues: { ':one': { N: '1' }, ':city': { S: 'Venton' } },
    }),
  },
  {
    name: 'GetItem',
    operation: 'GetItem',
    target: 2,
    warmUp: 10_000,
    count: 8000,
    body: n => ({ TableName: 'Orders', Key: key(n) }),
  },
  { name: 'Query of 10', operation: 'Query', target: 8, warmUp: 5000, count: 3000, body: query(10) },
  { name: 'Query of 100', operation: 'Query', target: 10, warmUp: 2000, count: 800, body: query(100) },
  {
    name: 'BatchGet 25',
    operation: 'BatchGetItem',
    target: 8,
    warmUp: 3000,
    count: 1500,
    body: n => ({
      RequestItems: { Orders: { Keys: Array.from({ length: 25 }, (_, i) => key((n * 25 + i) % 2000)) } },
    }),
  },
  {
    name: 'BatchWrite 25',
    operation: 'BatchWriteItem',
    target: 6,
    warmUp: 1000,
    count: 600,
    body: n => ({
      RequestItems: {
        Orders: Array.from({ length: 25 }, (_, i) => ({ PutRequest: { Item: itemOf((n * 25 + i) % 2000) } })),
      },
    }),
  },
]

/** A whole HTTP/1.1 request, signed as an SDK would. */
export function rawRequest(base: string, operation: string, body: object): Buffer {
  const { host } = new URL(base)
  const text = JSON.stringify(body)
  const { headers = {} } = aws4.sign(
    {
      service: 'dynamodb',
      region: 'us-east-1',
      host,
      method: 'POST',
      path: '/',
      headers: {
        'Content-Type': 'application/x-amz-json-1.0',
        'X-Amz-Target': `DynamoDB_20120810.${operation}`,
      },
      body: text,
    },
    { accessKeyId: 'test', secretAccessKey: 'test' },
  )
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return Buffer.from(`POST / HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${text}`)
}
