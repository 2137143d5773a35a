import { LambdaClient, PutFunctionEventInvokeConfigCommand } from '@aws-sdk/client-lambda'
import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { eventsOf, recordsOf, start } from './support.ts'

const everything = ['s3:ObjectCreated:*', 's3:ObjectRemoved:*']

test('a function makes a thumbnail of each picture', async () => {
  const { simulator, s3 } = await start({
    resources: { buckets: ['photos'] },
    triggers: [{ bucket: 'photos', prefix: 'pictures/', suffix: '.png', function: 'thumbnail' }],
  })
  for (const name of ['a b+c.png', 'é.png', 'no.txt'])
    await s3.send(
      new PutObjectCommand({ Bucket: 'photos', Key: `pictures/${name}`, Body: `picture ${name}` }),
    )
  await simulator.idle()
  for (const name of ['a b+c.png', 'é.png']) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'photos', Key: `thumbnails/${name}` }))
    expect(await Body?.transformToString()).toBe('picture')
  }
  await expect(
    s3.send(new GetObjectCommand({ Bucket: 'photos', Key: 'thumbnails/no.txt' })),
  ).rejects.toMatchObject({ name: 'NoSuchKey' })
})

test('a record is as AWS words it, and carries the ids of the answer', async () => {
  const { simulator, s3 } = await start({
    resources: { buckets: ['b'.repeat(3)] },
    triggers: [{ bucket: 'bbb', function: 'record' }],
  })
  const { $metadata } = await s3.send(
    new PutObjectCommand({ Bucket: 'bbb', Key: 'my key+1', Body: 'something' }),
  )
  await simulator.idle()
  const [record] = recordsOf(simulator, 'record')
  // Recorded from AWS, 2025-01-21: members, their order and their forms; the ids, names and times are this run's.
  expect(JSON.stringify(record)).toMatch(
    new RegExp(
      '^{"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1","eventTime":"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.\\d{3}Z",' +
        '"eventName":"ObjectCreated:Put","userIdentity":{"principalId":"AWS:000000000000"},"requestParameters":{"sourceIPAddress":"127.0.0.1"},' +
        `"responseElements":{"x-amz-request-id":"${$metadata.requestId}","x-amz-id-2":"${$metadata.extendedRequestId}"},` +
        '"s3":{"s3SchemaVersion":"1.0","configurationId":"triggers\\[0\\]","bucket":{"name":"bbb","ownerIdentity":{"principalId":"A[A-Z0-9]{13}"},"arn":"arn:aws:s3:::bbb"},' +
        '"object":{"key":"my\\+key%2B1","size":9,"eTag":"437b930db84b8079c2dd804a71936b5f","sequencer":"[0-9A-F]{16,18}"}}}$',
    ),
  )
})

test('each event has the members that AWS gives it', async () => {
  const { simulator, s3 } = await start({
    resources: { buckets: ['plain', 'versioned'] },
    triggers: ['plain', 'versioned'].map(bucket => ({ bucket, events: everything, function: 'record' })),
  })
  const VersioningConfiguration = { Status: 'Enabled' } as const
  await s3.send(new PutBucketVersioningCommand({ Bucket: 'versioned', VersioningConfiguration }))
  const { VersionId } = await s3.send(new PutObjectCommand({ Bucket: 'versioned', Key: 'k', Body: 'v' }))
  const marker = await s3.send(new DeleteObjectCommand({ Bucket: 'versioned', Key: 'k' }))
  await s3.send(new DeleteObjectCommand({ Bucket: 'versioned', Key: 'k', VersionId }))
  await s3.send(new PutObjectCommand({ Bucket: 'plain', Key: 'a', Body: 'v' }))
  await s3.send(new PutObjectCommand({ Bucket: 'plain', Key: 'b', Body: 'v' }))
  const Objects = [{ Key: 'a' }, { Key: 'b' }]
  await s3.send(new DeleteObjectsCommand({ Bucket: 'plain', Delete: { Objects } }))
  await simulator.idle()
  const eTag = '9e3669d19b675bd57058fd4664205d2a'
  const shown = recordsOf(simulator, 'record').map(({ eventName, s3: { object } }) => {
    const { sequencer, ...rest } = object
    return { sequencer: String(sequencer), object: { eventName, ...rest } }
  })
  const bySequence = shown.toSorted((a, b) => (a.sequencer < b.sequencer ? -1 : 1))
  expect(bySequence.map(({ object }) => object)).toEqual([
    { eventName: 'ObjectCreated:Put', key: 'k', size: 1, eTag, versionId: VersionId },
    {
      eventName: 'ObjectRemoved:DeleteMarkerCreated',
      key: 'k',
      eTag: 'd41d8cd98f00b204e9800998ecf8427e',
      versionId: marker.VersionId,
    },
    { eventName: 'ObjectRemoved:Delete', key: 'k', versionId: VersionId },
    { eventName: 'ObjectCreated:Put', key: 'a', size: 1, eTag },
    { eventName: 'ObjectCreated:Put', key: 'b', size: 1, eTag },
    { eventName: 'ObjectRemoved:Delete', key: 'a' },
    { eventName: 'ObjectRemoved:Delete', key: 'b' },
  ])
  expect(new Set(bySequence.map(({ sequencer }) => sequencer)).size).toBe(7)
})

test('the journal says which triggers matched, which did not and why', async () => {
  const { simulator, s3 } = await start({
    resources: { buckets: ['docs'] },
    triggers: [
      { bucket: 'docs', function: 'record' },
      { bucket: 'docs', function: 'record', events: ['s3:ObjectRemoved:*'] },
      { bucket: 'docs', function: 'record', prefix: 'in/' },
      { bucket: 'docs', function: 'record', suffix: '.pdf' },
      { bucket: 'docs', function: 'record', prefix: 'my+', suffix: ' 1' },
    ],
  })
  await s3.send(new PutObjectCommand({ Bucket: 'docs', Key: 'my key 1', Body: 'x' }))
  await simulator.idle()
  const [record] = simulator.journal.records({ notification: 'ObjectCreated:Put' })
  expect(record?.stages.find(({ name }) => name === 'triggers')?.detail).toEqual([
    { id: 'triggers[0]', destination: 'record', matched: true },
    {
      id: 'triggers[1]',
      destination: 'record',
      matched: false,
      why: 's3:ObjectCreated:Put is none of s3:ObjectRemoved:*',
    },
    { id: 'triggers[2]', destination: 'record', matched: false, why: 'the key does not begin with "in/"' },
    { id: 'triggers[3]', destination: 'record', matched: false, why: 'the key does not end with ".pdf"' },
    { id: 'triggers[4]', destination: 'record', matched: true },
  ])
  expect(record?.outcome).toEqual({ delivered: 2 })
  const [call] = simulator.journal.records({ kind: 'call', operation: 'PutObject' })
  expect(record?.cause).toBe(call?.id)
  const led = simulator.journal.records({ trace: String(call?.id), kind: 'invocation' })
  expect(led.map(({ subject }) => subject['function'])).toEqual(['record', 'record'])
})

test('PUT answers before the function has run', async () => {
  const { simulator, s3, project } = await start({
    resources: { buckets: ['slow'] },
    triggers: [{ bucket: 'slow', function: 'waiting' }],
    functions: { waiting: { environment: { GO: 'go' } } },
  })
  await s3.send(new PutObjectCommand({ Bucket: 'slow', Key: 'k', Body: 'x' }))
  const finished = () => simulator.journal.records({ kind: 'invocation', statusCode: 200 }).length
  expect(finished()).toBe(0)
  project.write('handlers/go', '')
  await simulator.idle()
  expect(finished()).toBe(1)
})

test('a function that fails is tried twice more, after a minute and after two', async () => {
  const { simulator, s3 } = await start({
    resources: { buckets: ['bad'] },
    triggers: [{ bucket: 'bad', function: 'failing' }],
  })
  await s3.send(new PutObjectCommand({ Bucket: 'bad', Key: 'k', Body: 'x' }))
  const attempts = [0, 1, 2, 120].map(minutes => async () => {
    await simulator.clock.advance({ minutes })
    await simulator.idle()
    return recordsOf(simulator, 'failing').length
  })
  const counts: number[] = []
  for (const attempt of attempts) counts.push(await attempt())
  expect(counts).toEqual([1, 2, 3, 3])
})

test('a function that writes under its own trigger is stopped after sixteen turns', async () => {
  const { simulator, s3 } = await start({
    resources: { buckets: ['circle'] },
    triggers: [{ bucket: 'circle', function: 'circular' }],
  })
  await s3.send(new PutObjectCommand({ Bucket: 'circle', Key: 'k', Body: 'x' }))
  await simulator.idle()
  expect(recordsOf(simulator, 'circular').length).toBe(16)
})

test('chaos delivers twice, late and out of order', async () => {
  const { simulator, s3 } = await start({
    resources: { buckets: ['wild'] },
    triggers: [{ bucket: 'wild', function: 'record' }],
    chaos: { duplicate: 1, delay: 20, reorder: true },
  })
  const keys = Array.from({ length: 8 }, (_, index) => `k${index}`)
  for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket: 'wild', Key, Body: 'x' }))
  await simulator.idle()
  const seen = recordsOf(simulator, 'record').map(({ s3: { object } }) => String(object['key']))
  expect(seen.toSorted()).toEqual(keys.flatMap(key => [key, key]))
})

test('the event version is configurable', async () => {
  const { simulator, s3 } = await start({
    resources: { buckets: ['new'] },
    triggers: [{ bucket: 'new', function: 'record' }],
    s3: { eventVersion: '2.6' },
  })
  await s3.send(new PutObjectCommand({ Bucket: 'new', Key: 'a@b', Body: 'x' }))
  await simulator.idle()
  const shown = recordsOf(simulator, 'record').map(({ eventVersion, s3: { object } }) => [
    eventVersion,
    object['key'],
  ])
  expect(shown).toEqual([['2.6', 'a%40b']])
})

test('an event that no try could deal with goes to the destination for failures', async () => {
  const { simulator, s3 } = await start({
    resources: { buckets: ['bad'] },
    triggers: [{ bucket: 'bad', function: 'failing' }],
  })
  const lambda = new LambdaClient(simulator.clientConfig())
  const Destination = 'arn:aws:lambda:us-east-1:000000000000:function:record'
  await lambda.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName: 'failing',
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnFailure: { Destination } },
    }),
  )
  lambda.destroy()
  await s3.send(new PutObjectCommand({ Bucket: 'bad', Key: 'k', Body: 'x' }))
  await simulator.clock.advance({ minutes: 1 })
  await simulator.idle()
  const [dead] = eventsOf(simulator, 'record') as unknown as Record<string, Record<string, unknown>>[]
  expect(dead?.['requestContext']).toMatchObject({ condition: 'RetriesExhausted', approximateInvokeCount: 2 })
  expect(dead?.['requestPayload']).toEqual(eventsOf(simulator, 'failing')[0])
})
