import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb'
import { expect, onTestFinished, test } from 'vitest'
import { createSimulator } from '../../../src/index.ts'
import { temporaryProject } from '../../support/temporary-project.ts'

const handler = `
import { appendFileSync } from 'node:fs'
export const handler = async event => {
  for (const record of event.Records) appendFileSync(process.env.SEEN, JSON.stringify(record) + '\\n')
}
`

const rides = {
  BillingMode: 'PAY_PER_REQUEST' as const,
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' as const }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }],
}

/** Passes on to an engine, and calls records what ScyllaDB's Alternator calls them. */
async function alternatorLike(engine: string): Promise<{ readonly url: string; readonly signers: string[] }> {
  const signers: string[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    signers.push(/Credential=([^/]+)/.exec(request.headers.authorization ?? '')?.[1] ?? '')
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => !/^(?:connection|content-length)$/.test(name)),
    ) as Record<string, string>
    const answer = await fetch(engine, { method: 'POST', headers, body: Buffer.concat(chunks) })
    const text = (await answer.text())
      .replaceAll('"eventSource":"aws:dynamodb"', '"eventSource":"scylladb:alternator"')
      .replaceAll(/"SizeBytes":\d+/g, '"SizeBytes":0')
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(text)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, signers }
}

test('another engine serves every call, signed anew; its streams reach the functions here as AWS would send them', async () => {
  const engine = await createSimulator({ auth: 'off' })
  onTestFinished(() => engine.stop())
  const { url, signers } = await alternatorLike(engine.aws)
  const { directory: project, remove } = temporaryProject({ 'handlers/seen.mjs': handler })
  onTestFinished(remove)
  const seenFile = join(project, 'seen.jsonl')
  const front = await createSimulator({
    project,
    dynamodbEndpoint: url,
    dynamodb: { credentials: { accessKeyId: 'elsewhere', secretAccessKey: 'secret' } },
    functions: { seen: { environment: { SEEN: seenFile } } },
    triggers: [{ table: 'Rides', function: 'seen' }],
  })
  onTestFinished(() => front.stop())
  const client = new DynamoDBClient(front.clientConfig())
  const direct = new DynamoDBClient(engine.clientConfig())
  onTestFinished(() => {
    client.destroy()
    direct.destroy()
  })
  const seen = async () =>
    (await readFile(seenFile, 'utf8').catch(() => ''))
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line))

  await client.send(new CreateTableCommand({ TableName: 'Rides', ...rides }))
  // The trigger switches the stream on, once it has seen the table.
  const stream = async () =>
    (await direct.send(new DescribeTableCommand({ TableName: 'Rides' }))).Table?.StreamSpecification
  await expect
    .poll(stream, { timeout: 20_000 })
    .toEqual({ StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' })
  await client.send(
    new PutItemCommand({ TableName: 'Rides', Item: { id: { S: 'é' }, blob: { B: Buffer.from('a') } } }),
  )
  // Also what is written behind this simulator's back.
  await direct.send(new PutItemCommand({ TableName: 'Rides', Item: { id: { S: '2' } } }))
  const ids = async () => (await seen()).map(record => record.dynamodb.Keys.id.S).sort()
  await expect.poll(ids, { timeout: 20_000 }).toEqual(['2', 'é'])
  const record = (await seen()).find(({ dynamodb }) => dynamodb.Keys.id.S === 'é')
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'Rides' }))
  expect(record).toEqual({
    eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
    eventName: 'INSERT',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: 'us-east-1',
    dynamodb: {
      ApproximateCreationDateTime: expect.any(Number),
      Keys: { id: { S: 'é' } },
      NewImage: { id: { S: 'é' }, blob: { B: 'YQ==' } },
      SequenceNumber: expect.stringMatching(/^\d{21}$/),
      SizeBytes: 13,
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
    eventSourceARN: Table?.LatestStreamArn,
  })
  expect(Table?.CreationDateTime).toBeInstanceOf(Date)
  expect(new Set(signers)).toEqual(new Set(['elsewhere']))

  const get = new GetItemCommand({ TableName: 'Rides', Key: { id: { S: 'é' } } })
  expect((await client.send(get)).Item).toEqual({ id: { S: 'é' }, blob: { B: new Uint8Array([97]) } })
  // Errors are the engine's, with all that they carry.
  const put = {
    TableName: 'Rides',
    Item: { id: { S: '2' } },
    ConditionExpression: 'attribute_not_exists(id)',
  }
  await expect(
    client.send(new PutItemCommand({ ...put, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })),
  ).rejects.toMatchObject({ name: 'ConditionalCheckFailedException', Item: { id: { S: '2' } } })
  await expect(
    client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: put }] })),
  ).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [{ Code: 'ConditionalCheckFailed', Message: 'The conditional request failed' }],
  })
  await expect(
    client.send(new QueryCommand({ TableName: 'Rides', KeyConditionExpression: 'id = ' })),
  ).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'Invalid KeyConditionExpression: Syntax error; token: "<EOF>", near: "= "',
  })
}, 60_000)

test('an engine that is not there is said so', async () => {
  const front = await createSimulator({ dynamodbEndpoint: 'http://127.0.0.1:9' })
  onTestFinished(() => front.stop())
  const client = new DynamoDBClient({ ...front.clientConfig(), maxAttempts: 1 })
  onTestFinished(() => client.destroy())
  await expect(
    client.send(new GetItemCommand({ TableName: 'Rides', Key: { id: { S: '1' } } })),
  ).rejects.toMatchObject({
    name: 'InternalServerError',
    message: 'The engine at http://127.0.0.1:9 cannot be reached',
  })
})
