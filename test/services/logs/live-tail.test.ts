import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  StartLiveTailCommand,
  type StartLiveTailResponseStream,
} from '@aws-sdk/client-cloudwatch-logs'
import { expect, test } from 'vitest'
import { startLambda } from '../lambda/lambda-simulator.ts'

const arnOf = (group: string) => `arn:aws:logs:us-east-1:000000000000:log-group:${group}`

async function start() {
  const { simulator } = await startLambda({
    'handlers/hello.js': 'exports.handler = async ({ say }) => { console.log(say) }',
  })
  const logs = new CloudWatchLogsClient({ ...simulator.clientConfig(), maxAttempts: 1 })
  for (const logGroupName of ['/aws/lambda/hello', 'other'])
    await logs.send(new CreateLogGroupCommand({ logGroupName }))
  for (const logStreamName of ['a1', 'b1'])
    await logs.send(new CreateLogStreamCommand({ logGroupName: 'other', logStreamName }))
  return { simulator, logs }
}

/** Reads a session until so many events have come; the session is left then. */
async function read(
  stream: AsyncIterable<StartLiveTailResponseStream> | undefined,
  count: number,
  started: () => Promise<unknown>,
) {
  const found: (readonly [string | undefined, string | undefined, string | undefined])[] = []
  for await (const event of stream ?? []) {
    if (event.sessionStart) await started()
    for (const result of event.sessionUpdate?.sessionResults ?? [])
      found.push([result.logGroupIdentifier, result.logStreamName, result.message])
    if (found.length >= count) return found
  }
  return found
}

test('Live Tail sends what functions print and what is put, as it comes', async () => {
  const { simulator, logs } = await start()
  const groups = [arnOf('/aws/lambda/hello'), arnOf('other')]
  const { responseStream } = await logs.send(
    new StartLiveTailCommand({ logGroupIdentifiers: groups, logEventFilterPattern: '?Ada ?Bob' }),
  )
  const put = async () => {
    await simulator.invoke('hello', { say: 'I am Ada' })
    await simulator.invoke('hello', { say: 'I am nobody' })
    await logs.send(
      new PutLogEventsCommand({
        logGroupName: 'other',
        logStreamName: 'a1',
        logEvents: [{ timestamp: simulator.clock.now(), message: 'Bob' }],
      }),
    )
  }
  expect(await read(responseStream, 2, put)).toEqual([
    [groups[0], expect.stringContaining('[$LATEST]'), expect.stringMatching(/\tI am Ada\n$/)],
    [groups[1], 'a1', 'Bob'],
  ])
})

test('Live Tail keeps to streams, refuses what AWS refuses, and ends with the simulator', async () => {
  const { simulator, logs } = await start()
  const tail = (input: object) =>
    logs.send(new StartLiveTailCommand({ logGroupIdentifiers: [arnOf('other')], ...input }))
  await expect(tail({ logGroupIdentifiers: [arnOf('none')] })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
  await expect(tail({ logStreamNames: ['a'], logStreamNamePrefixes: ['b'] })).rejects.toMatchObject({
    name: 'InvalidParameterException',
  })
  const { responseStream } = await tail({ logStreamNamePrefixes: ['b'] })
  const put = async () => {
    for (const logStreamName of ['a1', 'b1'])
      await logs.send(
        new PutLogEventsCommand({
          logGroupName: 'other',
          logStreamName,
          logEvents: [{ timestamp: simulator.clock.now(), message: `in ${logStreamName}` }],
        }),
      )
  }
  expect(await read(responseStream, 1, put)).toEqual([[arnOf('other'), 'b1', 'in b1']])

  const open = await tail({})
  let stopped: Promise<void> | undefined
  const begin = async () => {
    stopped = simulator.stop()
  }
  await read(open.responseStream, 1, begin).catch(() => [])
  await stopped
})
