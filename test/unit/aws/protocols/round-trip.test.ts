import { createRequire } from 'node:module'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  AwsError,
  defineService,
  loadServiceFaces,
  type OperationContext,
} from '../../../../src/aws/index.ts'
import { linkModel } from '../../../../src/aws/protocols/shapes.ts'
import { loadServiceModel } from '../../../../src/aws/service-model.ts'
import { WholeBody } from '../../../../src/lib/index.ts'
import { openDoor, type StartedDoor } from '../../../support/aws-door.ts'
import { syntheticValue } from '../../../support/synthetic-values.ts'

const require = createRequire(import.meta.url)

/** A service id's SDK package. */
const packages: Readonly<Record<string, string>> = {
  apigateway: 'api-gateway',
  events: 'eventbridge',
  'cognito-idp': 'cognito-identity-provider',
  dynamodbstreams: 'dynamodb-streams',
  logs: 'cloudwatch-logs',
  secretsmanager: 'secrets-manager',
}

/** What S3's answers carry and the SDK does not read. */
const unread: Readonly<Record<string, string>> = {
  HeadBucket: 'ContentType',
  ListObjects: 'BucketRegion',
  ListObjectsV2: 'BucketRegion',
  RestoreObject: 'Status',
}

interface Exchange {
  input: unknown
  answer: () => unknown
}

/** What comes back as a stream or in the SDK's own classes, as plain values. */
async function plain(value: unknown): Promise<unknown> {
  if (value instanceof Readable || value instanceof WholeBody) return await drained(value)
  if (value instanceof Uint8Array) return Uint8Array.from(value)
  if (value instanceof Date || value === null || typeof value !== 'object')
    return value instanceof String ? String(value) : value
  if (value instanceof String) return String(value)
  if ('transformToByteArray' in value)
    return Uint8Array.from(
      await (value as { transformToByteArray(): Promise<Uint8Array> }).transformToByteArray(),
    )
  if (Symbol.asyncIterator in value) {
    const events: unknown[] = []
    for await (const event of value as AsyncIterable<unknown>) events.push(await plain(event))
    return events
  }
  if (Array.isArray(value)) return await Promise.all(value.map(plain))
  const entries: [string, unknown][] = []
  for (const [key, element] of Object.entries(value))
    if (element !== undefined) entries.push([key, await plain(element)])
  return Object.fromEntries(entries)
}

/** Takes out what the SDK's own middleware changes, refuses or needs another package for. */
function sendable(value: unknown): Record<string, unknown> {
  const kept = value as Record<string, unknown>
  const own = /SSECustomerKey|^Checksum(?!Mode|Type)|^EndpointId$|^ExpiresString$|^ResponseStreamContentType$/
  for (const key of Object.keys(kept)) if (own.test(key)) delete kept[key]
  // Lengths are those of the synthetic bodies.
  if ('ContentLength' in kept) kept['ContentLength'] = 4
  // An HTTP status, in Lambda's answers.
  for (const key of ['Status', 'StatusCode']) if (typeof kept[key] === 'number') kept[key] = 200
  return kept
}

async function drained(stream: AsyncIterable<unknown>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk as Uint8Array)
  return Uint8Array.from(Buffer.concat(chunks))
}

describe.each(loadServiceFaces().map(({ id }) => id))('%s', id => {
  const model = loadServiceModel(id)
  const linked = linkModel(model)
  const sdk = require(`@aws-sdk/client-${packages[id] ?? id}`) as Record<string, never>
  const exchange: Exchange = { input: undefined, answer: () => undefined }
  let started: StartedDoor
  let client: {
    send(command: unknown): Promise<Record<string, unknown>>
    middlewareStack: { remove(name: string): boolean }
  }

  beforeAll(async () => {
    const operation = async (_context: OperationContext<unknown>, input: never) => {
      exchange.input = await plain(input)
      return exchange.answer()
    }
    const names = Object.keys(model.operations)
    const service = defineService({
      id,
      createState: () => ({}),
      checksLimits: true,
      operations: Object.fromEntries(names.map(name => [name, operation])),
    })
    started = await openDoor({ services: [service] })
    const Client = sdk[model.client] as unknown as new (config: object) => typeof client
    client = new Client({
      ...started.clientConfig(),
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      disableHostPrefix: true,
      md5: false,
    })
  })
  afterAll(() => started.door.close())

  const send = (name: string, input: unknown): Promise<Record<string, unknown>> => {
    const Command = sdk[`${name}Command`] as unknown as new (input: unknown) => unknown
    return client.send(new Command(input))
  }

  // What no SDK sends (a browser's form) has no command.
  test.each(Object.keys(model.operations).filter(name => `${name}Command` in sdk))('%s', async name => {
    const operation = linked.operation(name)
    const input = sendable(operation?.input === undefined ? {} : syntheticValue(operation.input, 'input'))
    const output = sendable(
      operation?.output === undefined ? {} : syntheticValue(operation.output, 'output', 50),
    )
    if (id === 's3') delete output[unread[name] ?? '']
    exchange.input = undefined
    exchange.answer = () => output
    const { $metadata, ...received } = await send(name, input)
    expect($metadata).toMatchObject({ httpStatusCode: expect.any(Number) })
    expect(exchange.input).toEqual(await plain(input))
    expect(await plain(sendable(received))).toEqual(await plain(output))
  })

  const errors = Object.entries(model.shapes).filter(
    // Two of CloudWatch's errors share one code of the query protocol, by which its SDK finds the class.
    ([name, shape]) => shape.t === 'error' && name !== 'DashboardNotFoundError',
  )
  test.each(errors.map(([name]) => name))('error %s', async name => {
    const shape = linked.structure(name)
    const detail = syntheticValue(shape, 'output') as Record<string, unknown>
    const message = shape.members.find(member => member.name.toLowerCase() === 'message')
    exchange.answer = () => {
      throw new AwsError(name, 'It <failed> & "how"', { detail })
    }
    const [first] = Object.keys(model.operations)
    const input = linked.operation(first ?? '')?.input
    const error = (await send(first ?? '', input === undefined ? {} : syntheticValue(input, 'input')).catch(
      (thrown: unknown) => thrown,
    )) as Record<string, unknown>
    expect(error).toBeInstanceOf(sdk[name])
    expect(error['message']).toBe('It <failed> & "how"')
    const expected = { ...detail }
    if (message !== undefined) delete expected[message.name]
    for (const [key, value] of Object.entries(expected)) expect(error[key]).toEqual(value)
  })
})
