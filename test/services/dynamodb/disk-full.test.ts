import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { startCommand } from '../../support/lambdarium-command.ts'
import { temporaryProject } from '../../support/temporary-project.ts'

const disk = mkdtempSync(join(tmpdir(), 'lambdarium-full-'))

/** A disk of 24 MB, where this machine lets us make one (Linux, root). */
function mounted(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
const isSmall = mounted()

afterAll(() => {
  if (isSmall) execFileSync('umount', ['-l', disk])
  rmSync(disk, { recursive: true, force: true })
})

test.skipIf(!isSmall)(
  'a full disk: writes are refused, everything stays readable, and it goes on once there is room',
  async () => {
    const { directory, remove } = temporaryProject({})
    onTestFinished(remove)
    const ballast = join(disk, 'ballast')
    writeFileSync(ballast, Buffer.alloc(8 * 1024 * 1024, 1))
    const flags = ['--port', '0', '--aws-port', '0', '--log-format', 'json', '--no-watch']
    const run = startCommand(['start', '--project', directory, '--data', join(disk, 'data'), ...flags])
    onTestFinished(() => void run.child.kill('SIGKILL'))
    const endpoint = /"aws":"([^"]+)"/.exec(await run.saw('"ready"'))?.[1] ?? ''
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
    const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 })
    onTestFinished(() => client.destroy())
    await client.send(
      new CreateTableCommand({
        TableName: 'Log',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
      }),
    )
    const put = (id: string) =>
      client.send(
        new PutItemCommand({ TableName: 'Log', Item: { id: { S: id }, text: { S: 'x'.repeat(200_000) } } }),
      )
    const kept: string[] = []
    let refusal: unknown
    while (refusal === undefined) {
      const id = `item-${kept.length}`
      await put(id).then(
        () => kept.push(id),
        error => {
          refusal = error
        },
      )
    }
    expect(refusal).toMatchObject({
      name: 'ServiceUnavailable',
      message: 'The disk of the data folder takes no more; it may be full. Nothing was stored.',
      $metadata: { httpStatusCode: 503 },
    })
    expect(kept.length).toBeGreaterThan(10)
    const ids = async (): Promise<string[]> => {
      const found: string[] = []
      let ExclusiveStartKey: Record<string, { S: string }> | undefined
      do {
        const page = await client.send(
          new ScanCommand({ TableName: 'Log', ProjectionExpression: 'id', ExclusiveStartKey }),
        )
        found.push(...(page.Items ?? []).map(item => item['id']?.S ?? ''))
        ExclusiveStartKey = page.LastEvaluatedKey as typeof ExclusiveStartKey
      } while (ExclusiveStartKey !== undefined)
      return found.sort()
    }
    expect(await ids()).toEqual([...kept].sort())
    const get = new GetItemCommand({ TableName: 'Log', Key: { id: { S: kept[0] ?? '' } } })
    expect((await client.send(get)).Item?.['text']?.S).toHaveLength(200_000)
    rmSync(ballast)
    await put('afterwards')
    expect(await ids()).toEqual([...kept, 'afterwards'].sort())
    run.child.kill('SIGTERM')
    expect((await run.ended).exitCode).toBe(0)
  },
  60_000,
)
