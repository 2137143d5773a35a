import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { CreateEventSourceMappingCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { runCommand, startCommand } from '../../support/lambdarium-command.ts'
import { temporaryProject } from '../../support/temporary-project.ts'
import { canRunPostgres, type PostgresServer, startPostgres } from '../../unit/stores/postgres-server.ts'

const hasPostgres = canRunPostgres()
let server: PostgresServer

beforeAll(() => {
  if (hasPostgres) server = startPostgres()
})
afterAll(() => {
  if (hasPostgres) server.stop()
})

/** Writes down each record that it sees, as `SEQUENCE-NUMBER KEY`. */
const handler = `
import { appendFileSync } from 'node:fs'
export const handler = async event => {
  for (const { dynamodb } of event.Records)
    appendFileSync(process.env.SEEN, dynamodb.SequenceNumber + ' ' + dynamodb.Keys.id.S + '\\n')
}
`

const table = {
  TableName: 'Log',
  BillingMode: 'PAY_PER_REQUEST' as const,
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' as const }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }],
}

/** A project with that function, and the file that it writes. */
function project(config: object): { readonly directory: string; readonly seenFile: string } {
  const { directory, remove } = temporaryProject({ 'handlers/seen.mjs': handler })
  onTestFinished(remove)
  const seenFile = join(directory, 'seen.txt')
  appendFileSync(seenFile, '')
  const functions = { seen: { environment: { SEEN: seenFile } } }
  writeFileSync(join(directory, 'lambdarium.config.json'), JSON.stringify({ ...config, functions }))
  return { directory, seenFile }
}

/** A process of its own on the shared database. */
async function simulator(project: string, data: string) {
  const flags = ['--port', '0', '--aws-port', '0', '--log-format', 'json', '--no-watch']
  const where = ['--project', project, '--data', join(project, data), '--store', server.url]
  const run = startCommand(['start', ...where, ...flags])
  onTestFinished(() => void run.child.kill('SIGKILL'))
  const endpoint = /"aws":"([^"]+)"/.exec(await run.saw('"ready"'))?.[1] ?? ''
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const access = { endpoint, region: 'us-east-1', credentials, maxAttempts: 1 }
  const client = new DynamoDBClient(access)
  onTestFinished(() => client.destroy())
  return { run, client, access }
}

type Running = Awaited<ReturnType<typeof simulator>>

const put = (client: DynamoDBClient, id: string) =>
  client.send(new PutItemCommand({ TableName: 'Log', Item: { id: { S: id } } }))

async function idsOf(client: DynamoDBClient): Promise<string[]> {
  const { Items = [] } = await client.send(new ScanCommand({ TableName: 'Log', ConsistentRead: true }))
  return Items.map(item => item['id']?.S ?? '').sort()
}

test.skipIf(!hasPostgres)(
  'two simulators on one PostgreSQL: one is killed again and again, no write and no record is lost, one of them delivers',
  async () => {
    const { directory, seenFile } = project({
      resources: { tables: { Log: { ...table, TableName: undefined } } },
      triggers: [{ table: 'Log', function: 'seen', batchSize: 10 }],
    })
    const lines = (): string[] => readFileSync(seenFile, 'utf8').trim().split('\n').filter(Boolean)

    const steady = await simulator(directory, 'steady')
    const acknowledged = new Set<string>()
    const rounds = 4
    for (let round = 0; round < rounds; round++) {
      const doomed = await simulator(directory, 'doomed')
      let isDead = false
      const goal = acknowledged.size + 60
      const writer = async ({ client }: Running, name: string): Promise<void> => {
        for (let n = 0; !isDead; n++) {
          const id = `${round}-${name}-${n}`
          try {
            await put(client, id)
            acknowledged.add(id)
          } catch (error) {
            if (!isDead) throw error
          }
          if (acknowledged.size >= goal && !isDead) {
            isDead = true
            doomed.run.child.kill('SIGKILL')
          }
        }
      }
      const names = ['a', 'b', 'c']
      await Promise.all(
        names.flatMap(name => [writer(doomed, `doomed-${name}`), writer(steady, `steady-${name}`)]),
      )
      await doomed.run.ended
    }
    const kept = await idsOf(steady.client)
    expect([...acknowledged].filter(id => !kept.includes(id))).toEqual([])
    // What the dead one had claimed is taken over; nothing is left out.
    await expect
      .poll(() => [...new Set(lines().map(line => line.split(' ')[1] ?? ''))].sort(), {
        timeout: 30_000,
        interval: 200,
      })
      .toEqual(kept)
    // Only what was on its way when a process was killed may have come twice: at most a batch of each shard and kill.
    expect(lines().length - kept.length).toBeLessThanOrEqual(rounds * 4 * 10)
    steady.run.child.kill('SIGTERM')
    expect((await steady.run.ended).exitCode).toBe(0)
  },
  120_000,
)

test.skipIf(!hasPostgres)(
  'while both live, every record is delivered once, whoever wrote it',
  async () => {
    const { directory, seenFile } = project({
      account: '111111111111',
      triggers: [{ table: 'Log', function: 'seen' }],
    })
    const [one, two] = await Promise.all([simulator(directory, 'one'), simulator(directory, 'two')])
    // Made here, it is found by the other as well.
    await one.client.send(new CreateTableCommand(table))
    await Promise.all(
      [one, two].map(async ({ client }, at) => {
        for (let n = 0; n < 50; n++) await put(client, `${at}-${n}`)
      }),
    )
    const kept = await idsOf(two.client)
    expect(kept).toHaveLength(100)
    const delivered = (): string[] =>
      readFileSync(seenFile, 'utf8')
        .trim()
        .split('\n')
        .map(line => line.split(' ')[1] ?? '')
        .sort()
    await expect.poll(delivered, { timeout: 30_000, interval: 200 }).toEqual(kept)

    // Five hundred increments from both sides: none is lost.
    const add = { ':one': { N: '1' } }
    const increment = (client: DynamoDBClient) =>
      client.send(
        new UpdateItemCommand({
          TableName: 'Log',
          Key: { id: { S: 'counter' } },
          UpdateExpression: 'ADD n :one',
          ExpressionAttributeValues: add,
        }),
      )
    await Promise.all(Array.from({ length: 500 }, (_, n) => increment(n % 2 === 0 ? one.client : two.client)))
    const { Item } = await one.client.send(
      new GetItemCommand({ TableName: 'Log', Key: { id: { S: 'counter' } }, ConsistentRead: true }),
    )
    expect(Item).toEqual({ id: { S: 'counter' }, n: { N: '500' } })
  },
  90_000,
)

test.skipIf(!hasPostgres)(
  'a mapping that was made at one simulator is polled by the other once that one is gone',
  async () => {
    const { directory, seenFile } = project({ account: '222222222222' })
    const [one, two] = await Promise.all([simulator(directory, 'one'), simulator(directory, 'two')])
    const { TableDescription } = await one.client.send(
      new CreateTableCommand({
        ...table,
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
      }),
    )
    const mapped = new LambdaClient(one.access)
    onTestFinished(() => mapped.destroy())
    await mapped.send(
      new CreateEventSourceMappingCommand({
        FunctionName: 'seen',
        EventSourceArn: TableDescription?.LatestStreamArn,
        StartingPosition: 'TRIM_HORIZON',
      }),
    )
    await put(one.client, 'before')
    await expect.poll(() => readFileSync(seenFile, 'utf8'), { timeout: 30_000 }).toContain('before')
    one.run.child.kill('SIGKILL')
    await put(two.client, 'after')
    await expect.poll(() => readFileSync(seenFile, 'utf8'), { timeout: 30_000 }).toContain('after')
  },
  90_000,
)

test('a store that is no PostgreSQL URL, or whose server is not there, is a problem of the user', async () => {
  const { directory, remove } = temporaryProject({})
  onTestFinished(remove)
  const start = (store: string) =>
    runCommand(['start', '--project', directory, '--ephemeral', '--store', store], {
      env: { NO_COLOR: '1' },
    })
  const wrong = await start('mysql://x')
  expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining('is no `postgres://` URL')])
  const host = encodeURIComponent(directory)
  const missing = await start(`postgres://me:secret@/none?password=hidden&host=${host}`)
  expect(missing.exitCode).toBe(1)
  expect(missing.stderr).toContain(
    `The store postgres://me:…@/none?password=…&host=${host} could not be opened`,
  )
  expect(missing.stderr).not.toContain('secret')
}, 30_000)
