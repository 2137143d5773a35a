import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateTableCommand, DynamoDBClient, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams'
import { expect, onTestFinished, test } from 'vitest'
import { startCommand } from '../../support/lambdarium-command.ts'

const rounds = 8

/** Everything in the table's stream, from all shards. */
async function streamed(client: DynamoDBStreamsClient): Promise<string[]> {
  const { Streams = [] } = await client.send(new ListStreamsCommand({ TableName: 'Log' }))
  const StreamArn = Streams[0]?.StreamArn
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn }))
  const found: string[] = []
  for (const { ShardId } of StreamDescription?.Shards ?? []) {
    const first = new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' })
    let { ShardIterator } = await client.send(first)
    for (;;) {
      const page = await client.send(new GetRecordsCommand({ ShardIterator }))
      if (page.Records === undefined || page.Records.length === 0) break
      found.push(...page.Records.map(record => record.dynamodb?.Keys?.['id']?.S ?? ''))
      ShardIterator = page.NextShardIterator
    }
  }
  return found
}

test(`no write that was answered is lost, and none is streamed twice, when the process is killed ${rounds} times`, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'lambdarium-crash-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  const acknowledged = new Set<string>()
  for (let round = 0; round <= rounds; round++) {
    const flags = ['--port', '0', '--aws-port', '0', '--log-format', 'json', '--no-watch']
    const run = startCommand(['start', '--project', directory, ...flags])
    onTestFinished(() => void run.child.kill('SIGKILL'))
    const endpoint = /"aws":"([^"]+)"/.exec(await run.saw('"ready"'))?.[1] ?? ''
    const config = {
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    }
    const client = new DynamoDBClient(config)
    if (round === 0) {
      await client.send(
        new CreateTableCommand({
          TableName: 'Log',
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
        }),
      )
    }
    const { Items = [] } = await client.send(new ScanCommand({ TableName: 'Log', ConsistentRead: true }))
    const kept = Items.map(item => item['id']?.S ?? '').sort()
    const streams = new DynamoDBStreamsClient(config)
    expect((await streamed(streams)).sort()).toEqual(kept)
    expect([...acknowledged].filter(id => !kept.includes(id))).toEqual([])
    streams.destroy()
    if (round === rounds) {
      client.destroy()
      run.child.kill('SIGTERM')
      await run.ended
      break
    }
    // Eight writers, killed in the middle of it once some more writes were answered.
    const goal = acknowledged.size + 40
    let isDead = false
    const writer = async (number: number): Promise<void> => {
      for (let n = 0; !isDead; n++) {
        const id = `${round}-${number}-${n}`
        try {
          await client.send(new PutItemCommand({ TableName: 'Log', Item: { id: { S: id } } }))
          acknowledged.add(id)
        } catch (error) {
          if (!isDead) throw error
        }
        if (acknowledged.size >= goal && !isDead) {
          isDead = true
          run.child.kill('SIGKILL')
        }
      }
    }
    await Promise.all(Array.from({ length: 8 }, (_, number) => writer(number)))
    await run.ended
    client.destroy()
  }
  expect(acknowledged.size).toBeGreaterThanOrEqual(rounds * 40)
}, 120_000)
