import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { expect, test } from 'vitest'
import { startLambda } from '../lambda/lambda-simulator.ts'

const logGroupName = 'g'
const minute = 60_000

/** Streams `a` and `b` with events that came in any order: `a0`, `a2` … and `b1`, `b3` …, a minute apart. */
async function start() {
  const { simulator } = await startLambda()
  const logs = new CloudWatchLogsClient({ ...simulator.clientConfig(), maxAttempts: 1 })
  await logs.send(new CreateLogGroupCommand({ logGroupName }))
  const zero = simulator.clock.now() - 60 * minute
  const put = (logStreamName: string, ...numbers: readonly number[]) =>
    logs.send(
      new PutLogEventsCommand({
        logGroupName,
        logStreamName,
        logEvents: numbers.map(n => ({ timestamp: zero + n * minute, message: `${logStreamName}${n}` })),
      }),
    )
  for (const logStreamName of ['a', 'b'])
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }))
  await put('b', 1, 9, 21)
  await put('a', 8, 20)
  await put('a', 0, 4, 12, 30)
  await put('b', 3, 5, 7)
  await put('a', 2, 6, 10)
  return { simulator, logs, zero, put }
}

const messages = (events: readonly { readonly message?: string | undefined }[] | undefined) =>
  events?.map(({ message }) => message).join(' ')

test('pages of several streams follow each other in the order of time', async () => {
  const { logs, zero } = await start()
  const all = 'a0 b1 a2 b3 a4 b5 a6 b7 a8 b9 a10 a12 a20 b21 a30'
  const pages: (string | undefined)[] = []
  let nextToken: string | undefined
  do {
    const page = await logs.send(
      new FilterLogEventsCommand({ logGroupName, limit: 4, ...(nextToken && { nextToken }) }),
    )
    pages.push(messages(page.events))
    nextToken = page.nextToken
  } while (nextToken !== undefined)
  expect(pages).toEqual(['a0 b1 a2 b3', 'a4 b5 a6 b7', 'a8 b9 a10 a12', 'a20 b21 a30'])
  const filter = async (input: object) =>
    messages((await logs.send(new FilterLogEventsCommand({ logGroupName, ...input }))).events)
  expect(await filter({})).toBe(all)
  expect(await filter({ startTime: zero + 5 * minute, endTime: zero + 9 * minute })).toBe('b5 a6 b7 a8 b9')
  expect(await filter({ filterPattern: '?1 ?3', logStreamNames: ['b'] })).toBe('b1 b3 b21')
})

test('one stream is read from both ends', async () => {
  const { logs, zero } = await start()
  const read = async (input: object) => {
    const page = await logs.send(
      new GetLogEventsCommand({ logGroupName, logStreamName: 'a', limit: 3, ...input }),
    )
    return { text: messages(page.events), f: page.nextForwardToken, b: page.nextBackwardToken }
  }
  const first = await read({ startFromHead: true })
  const second = await read({ nextToken: first.f })
  const third = await read({ nextToken: second.f })
  expect([first.text, second.text, third.text]).toEqual(['a0 a2 a4', 'a6 a8 a10', 'a12 a20 a30'])
  expect(await read({ nextToken: third.f })).toMatchObject({ text: '', f: third.f })
  const last = await read({})
  expect(last.text).toBe('a12 a20 a30')
  expect((await read({ nextToken: last.b })).text).toBe('a6 a8 a10')
  expect((await read({ startTime: zero + 9 * minute, endTime: zero + 20 * minute })).text).toBe('a10 a12')
})

test('an answer has a megabyte at most', async () => {
  const { logs, simulator } = await start()
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 'large' }))
  for (let n = 0; n < 3; n++)
    await logs.send(
      new PutLogEventsCommand({
        logGroupName,
        logStreamName: 'large',
        logEvents: [{ timestamp: simulator.clock.now() + n, message: `${n}${'x'.repeat(700_000)}` }],
      }),
    )
  const firsts = (events: readonly { readonly message?: string | undefined }[] | undefined) =>
    events?.map(({ message }) => message?.[0])
  const at = { logGroupName, logStreamName: 'large' }
  const tail = await logs.send(new GetLogEventsCommand(at))
  expect(firsts(tail.events)).toEqual(['2'])
  const before = await logs.send(new GetLogEventsCommand({ ...at, nextToken: tail.nextBackwardToken ?? '' }))
  expect(firsts(before.events)).toEqual(['1'])
  const filtered = await logs.send(new FilterLogEventsCommand({ logGroupName, logStreamNames: ['large'] }))
  expect([firsts(filtered.events), typeof filtered.nextToken]).toEqual([['0'], 'string'])
})
