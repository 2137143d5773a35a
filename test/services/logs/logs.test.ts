import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteMetricFilterCommand,
  DeleteResourcePolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  DescribeMetricFiltersCommand,
  DescribeResourcePoliciesCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  PutLogEventsCommand,
  PutMetricFilterCommand,
  PutResourcePolicyCommand,
  PutRetentionPolicyCommand,
  PutSubscriptionFilterCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { AddPermissionCommand, CreateFunctionCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { hasTool, runTool } from '../../support/run-tool.ts'
import { answering, role, startLambda } from '../lambda/lambda-simulator.ts'

const files = {
  'handlers/hello.mjs':
    'export const handler = async ({ name }) => { console.log(`Hello ${name}`); return 1 }',
  'handlers/listener.mjs': `import { gunzipSync } from 'node:zlib'
export const handler = async event => { console.log('HEARD ' + gunzipSync(Buffer.from(event.awslogs.data, 'base64'))) }`,
}

async function start() {
  const started = await startLambda(files)
  return {
    ...started,
    logs: new CloudWatchLogsClient(started.simulator.clientConfig()),
  }
}

test("a function's log is in the group and stream that AWS would give it", async () => {
  const { simulator, logs } = await start()
  const run = await simulator.invoke('hello', { name: 'Ada' })
  await simulator.idle()
  const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/lambda/' }))
  expect(logGroups).toEqual([
    {
      logGroupName: '/aws/lambda/hello',
      creationTime: expect.any(Number),
      metricFilterCount: 0,
      arn: 'arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/hello:*',
      storedBytes: 0,
      logGroupClass: 'STANDARD',
      logGroupArn: 'arn:aws:logs:us-east-1:000000000000:log-group:/aws/lambda/hello',
      deletionProtectionEnabled: false,
    },
  ])
  const { logStreams } = await logs.send(new DescribeLogStreamsCommand({ logGroupName: '/aws/lambda/hello' }))
  const [stream] = logStreams ?? []
  expect(stream?.logStreamName).toMatch(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/)
  const { events = [] } = await logs.send(
    new GetLogEventsCommand({
      logGroupName: '/aws/lambda/hello',
      logStreamName: stream?.logStreamName,
      startFromHead: true,
    }),
  )
  expect(events.map(({ message = '' }) => message.replace(/\t.*/s, ''))).toEqual([
    expect.stringMatching(/^INIT_START Runtime Version: /),
    `START RequestId: ${run.requestId} Version: $LATEST\n`,
    expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    `END RequestId: ${run.requestId}\n`,
    `REPORT RequestId: ${run.requestId}`,
  ])
  const found = await logs.send(
    new FilterLogEventsCommand({ logGroupName: '/aws/lambda/hello', filterPattern: '"Hello Ada"' }),
  )
  expect(found.events?.map(({ message }) => message)).toEqual([expect.stringContaining('INFO\tHello Ada')])
})

test('events are put, paged both ways, filtered and forgotten', async () => {
  const { simulator, logs } = await start()
  const group = { logGroupName: 'g' }
  const stream = { ...group, logStreamName: 's' }
  await logs.send(new CreateLogGroupCommand(group))
  await expect(logs.send(new CreateLogGroupCommand(group))).rejects.toMatchObject({
    name: 'ResourceAlreadyExistsException',
    message: 'The specified log group already exists',
  })
  await expect(
    logs.send(new PutLogEventsCommand({ ...stream, logEvents: [{ message: 'm', timestamp: 1 }] })),
  ).rejects.toMatchObject({
    message: 'The specified log stream does not exist.',
  })
  await logs.send(new CreateLogStreamCommand(stream))
  const now = simulator.clock.now()
  const logEvents = ['a', 'b', 'c', 'd'].map((message, index) => ({ message, timestamp: now - 10 + index }))
  await logs.send(new PutLogEventsCommand({ ...stream, logEvents }))
  const old = await logs.send(
    new PutLogEventsCommand({ ...stream, logEvents: [{ message: 'old', timestamp: 1 }] }),
  )
  expect(old.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 })
  await expect(
    logs.send(new PutLogEventsCommand({ ...stream, logEvents: logEvents.toReversed() })),
  ).rejects.toMatchObject({
    message: 'Log events in a single PutLogEvents request must be in chronological order.',
  })
  const page = async (input: object) => {
    const { events, nextForwardToken, nextBackwardToken } = await logs.send(
      new GetLogEventsCommand({ ...stream, limit: 2, ...input }),
    )
    return { texts: events?.map(({ message }) => message), nextForwardToken, nextBackwardToken }
  }
  const head = await page({ startFromHead: true })
  expect(head.texts).toEqual(['a', 'b'])
  const next = await page({ nextToken: head.nextForwardToken })
  expect(next.texts).toEqual(['c', 'd'])
  const end = await page({ nextToken: next.nextForwardToken })
  expect([end.texts, end.nextForwardToken]).toEqual([[], next.nextForwardToken])
  expect((await page({ nextToken: next.nextBackwardToken })).texts).toEqual(['a', 'b'])
  expect((await page({})).texts).toEqual(['c', 'd'])
  await expect(page({ nextToken: 'x' })).rejects.toMatchObject({
    message: 'The specified nextToken is invalid.',
  })
  const first = await logs.send(new FilterLogEventsCommand({ ...group, limit: 3 }))
  const second = await logs.send(
    new FilterLogEventsCommand({ ...group, limit: 3, nextToken: first.nextToken }),
  )
  expect([...(first.events ?? []), ...(second.events ?? [])].map(({ message }) => message)).toEqual([
    'a',
    'b',
    'c',
    'd',
  ])
  expect(second.nextToken).toBeUndefined()

  await logs.send(new PutRetentionPolicyCommand({ ...group, retentionInDays: 1 }))
  await simulator.clock.advance({ days: 2 })
  expect((await page({})).texts).toEqual([])
  await logs.send(new DeleteLogGroupCommand(group))
  await expect(page({})).rejects.toMatchObject({ message: 'The specified log group does not exist.' })
})

test('a function that subscribes hears what matches', async () => {
  const { simulator, logs } = await start()
  await simulator.invoke('hello', { name: 'nobody' })
  await simulator.idle()
  const arn = 'arn:aws:lambda:us-east-1:000000000000:function:'
  const subscribe = (name: string) =>
    logs.send(
      new PutSubscriptionFilterCommand({
        logGroupName: '/aws/lambda/hello',
        filterName: 'f',
        filterPattern: 'Hello',
        destinationArn: arn + name,
      }),
    )
  await subscribe('listener')
  await expect(subscribe('hello')).rejects.toMatchObject({ message: expect.stringContaining('its own log') })
  await simulator.invoke('hello', { name: 'Grace' })
  await simulator.idle()
  const { events } = await logs.send(
    new FilterLogEventsCommand({ logGroupName: '/aws/lambda/listener', filterPattern: 'HEARD' }),
  )
  const heard = JSON.parse(events?.[0]?.message?.split('HEARD ')[1] ?? '')
  expect(heard).toEqual({
    messageType: 'DATA_MESSAGE',
    owner: '000000000000',
    logGroup: '/aws/lambda/hello',
    logStream: expect.stringContaining('[$LATEST]'),
    subscriptionFilters: ['f'],
    logEvents: [
      {
        id: expect.stringMatching(/^\d{56}$/),
        timestamp: expect.any(Number),
        message: expect.stringContaining('Hello Grace'),
      },
    ],
  })
})

// The loop of version 2 of the AWS CLI, whose `logs tail --follow` is not installed everywhere:
// https://github.com/aws/aws-cli/blob/v2/awscli/customizations/logs/tail.py
test('a log is followed over several streams by pages and by the time of the last event', async () => {
  const { simulator, logs } = await start()
  const logGroupName = '/followed'
  await logs.send(new CreateLogGroupCommand({ logGroupName }))
  for (const logStreamName of ['a', 'b'])
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }))
  const begin = simulator.clock.now()
  const put = (logStreamName: string, ...numbers: number[]) =>
    logs.send(
      new PutLogEventsCommand({
        logGroupName,
        logStreamName,
        logEvents: numbers.map(number => ({
          timestamp: begin + number,
          message: `${logStreamName}${number}`,
        })),
      }),
    )
  const seen = new Set<string>()
  const lines: string[] = []
  let startTime = begin
  let nextToken: string | undefined
  const poll = async () => {
    do {
      const page = await logs.send(
        new FilterLogEventsCommand({ logGroupName, interleaved: true, startTime, limit: 2, nextToken }),
      )
      for (const { eventId = '', message = '', timestamp = 0 } of page.events ?? []) {
        if (!seen.has(eventId)) lines.push(message)
        seen.add(eventId)
        startTime = Math.max(startTime, timestamp)
      }
      nextToken = page.nextToken
    } while (nextToken !== undefined)
  }
  await put('a', 0, 2, 4)
  await put('b', 1, 3, 4)
  await poll()
  expect(lines).toEqual(['a0', 'b1', 'a2', 'b3', 'a4', 'b4'])
  await poll()
  // Of the last event's own time, and later than it.
  await put('b', 4, 6)
  await put('a', 5)
  await poll()
  expect(lines.slice(6)).toEqual(['b4', 'a5', 'b6'])
})

// What `aws logs tail` of version 2 pages through; version 1 has no such command.
test.skipIf(!hasTool('aws', '--version'))('the AWS CLI pages through a log', async () => {
  const { simulator } = await start()
  await simulator.invoke('hello', { name: 'tail' })
  await simulator.idle()
  const { stdout, stderr, code } = await runTool(
    'aws',
    [
      'logs',
      'filter-log-events',
      '--log-group-name',
      '/aws/lambda/hello',
      '--interleaved',
      '--start-time',
      '0',
      '--page-size',
      '1',
      '--output',
      'json',
    ],
    {
      AWS_ENDPOINT_URL: simulator.aws,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_PAGER: '',
    },
  )
  expect([code, stderr]).toEqual([0, ''])
  const { events } = JSON.parse(stdout) as { events: { message: string }[] }
  expect(events.map(({ message }) => message).join('')).toMatch(
    /START RequestId.*Hello tail.*REPORT RequestId/s,
  )
})

// As recorded: LocalStack's test_logs_metric_filters.snapshot.json.
test('metric filters are kept with their group', async () => {
  const { logs } = await start()
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'g' }))
  const transformations = [{ metricName: 'm', metricNamespace: 'n', metricValue: '1', defaultValue: 0 }]
  const put = (filterName: string, filterPattern: string) =>
    logs.send(
      new PutMetricFilterCommand({
        logGroupName: 'g',
        filterName,
        filterPattern,
        metricTransformations: transformations,
      }),
    )
  await put('one', ' ')
  await put('two', '{$.message = "test"}')
  await expect(put('three', '{ $.a')).rejects.toMatchObject({ name: 'InvalidParameterException' })
  const described = (name: string, filterPattern: string) => ({
    filterName: name,
    filterPattern,
    metricTransformations: transformations,
    creationTime: expect.any(Number) as number,
    logGroupName: 'g',
    applyOnTransformedLogs: false,
  })
  const list = async (input: object) =>
    (await logs.send(new DescribeMetricFiltersCommand(input))).metricFilters
  expect(await list({ logGroupName: 'g' })).toEqual([
    described('one', ' '),
    described('two', '{$.message = "test"}'),
  ])
  expect(await list({ metricName: 'm', metricNamespace: 'n', filterNamePrefix: 't' })).toHaveLength(1)
  expect(await list({ metricName: 'other', metricNamespace: 'n' })).toEqual([])
  const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: 'g' }))
  expect(logGroups?.map(({ metricFilterCount }) => metricFilterCount)).toEqual([2])
  const remove = () => logs.send(new DeleteMetricFilterCommand({ logGroupName: 'g', filterName: 'one' }))
  await remove()
  await expect(remove()).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'The specified metric filter does not exist.',
  })
})

test('CloudWatch Logs is let in under its regional name too; functions of other accounts are refused', async () => {
  const { lambda, logs, simulator } = await start()
  await logs.send(new CreateLogGroupCommand({ logGroupName: 'g' }))
  await logs.send(new CreateLogStreamCommand({ logGroupName: 'g', logStreamName: 's' }))
  const { FunctionArn: destinationArn = '' } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'ear',
      Role: role,
      Runtime: 'nodejs20.x',
      Handler: 'index.handler',
      Code: { ZipFile: await answering('heard') },
    }),
  )
  const subscribe = (arn: string) =>
    logs.send(
      new PutSubscriptionFilterCommand({
        logGroupName: 'g',
        filterName: 'f',
        filterPattern: '',
        destinationArn: arn,
      }),
    )
  await expect(subscribe(destinationArn)).rejects.toMatchObject({ name: 'InvalidParameterException' })
  await lambda.send(
    new AddPermissionCommand({
      FunctionName: 'ear',
      StatementId: 'logs',
      Principal: 'logs.us-east-1.amazonaws.com',
      Action: 'lambda:InvokeFunction',
      SourceArn: 'arn:aws:logs:us-east-1:000000000000:log-group:g:*',
      SourceAccount: '000000000000',
    }),
  )
  await subscribe(destinationArn)
  await logs.send(
    new PutLogEventsCommand({
      logGroupName: 'g',
      logStreamName: 's',
      logEvents: [{ timestamp: simulator.clock.now(), message: 'm' }],
    }),
  )
  await simulator.idle()
  expect(simulator.journal.records({ function: 'ear' }).map(({ kind }) => kind)).toContain('invocation')
  await expect(subscribe('arn:aws:lambda:us-east-1:111122223333:function:ear')).rejects.toMatchObject({
    name: 'AccessDeniedException',
  })
  await expect(subscribe('arn:aws:kinesis:us-east-1:000000000000:stream/s')).rejects.toMatchObject({
    message: 'destinationArn for vendor kinesis cannot be used without roleArn',
  })
})

// As recorded: LocalStack's test_logs_resource_policies.snapshot.json.
test('resource policies are kept, ten at most', async () => {
  const { logs } = await start()
  const policyDocument = '{"Version":"2012-10-17","Statement":[]}'
  const put = (policyName: string, document = policyDocument) =>
    logs.send(new PutResourcePolicyCommand({ policyName, policyDocument: document }))
  const { resourcePolicy } = await put('p0')
  expect(resourcePolicy).toEqual({
    policyName: 'p0',
    policyDocument,
    lastUpdatedTime: expect.any(Number),
    policyScope: 'ACCOUNT',
  })
  for (let n = 1; n < 10; n++) await put(`p${n}`)
  await expect(put('one-more')).rejects.toMatchObject({
    name: 'LimitExceededException',
    message: 'Resource limit exceeded.',
  })
  await put('p1', '{}')
  const remove = () => logs.send(new DeleteResourcePolicyCommand({ policyName: 'p0' }))
  await remove()
  await expect(remove()).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Policy with name [p0] does not exist.',
  })
  const { resourcePolicies } = await logs.send(new DescribeResourcePoliciesCommand({}))
  expect(resourcePolicies?.slice(0, 1).map(each => [each.policyName, each.policyDocument])).toEqual([
    ['p1', '{}'],
  ])
  expect(resourcePolicies).toHaveLength(9)
})
