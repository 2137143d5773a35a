import { expect, onTestFinished, test } from 'vitest'
import { createSimulator } from '../../../src/index.ts'
import { eventsOf, type Started, start } from './support.ts'

async function delegating(): Promise<Started> {
  const engine = await createSimulator()
  onTestFinished(() => engine.stop())
  const { host } = new URL(engine.aws)
  return await start({
    s3Endpoint: `http://test:test@${host}`,
    triggers: [
      { bucket: 'photos', function: 'record', events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'] },
    ],
  })
}

const post = async (aws: string, body: unknown, headers: Record<string, string> = {}) => {
  const response = await fetch(`${aws}/_lambdarium/s3/notifications`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers,
  })
  return { status: response.status, body: await response.json() }
}

// As MinIO documents its webhook's payload, https://min.io/docs/minio/linux/administration/monitoring/publish-events-to-webhook.html.
const minio = {
  EventName: 's3:ObjectCreated:Put',
  Key: 'photos/summer/a b.jpg',
  Records: [
    {
      eventVersion: '2.0',
      eventSource: 'minio:s3',
      awsRegion: '',
      eventTime: '2024-05-06T07:08:09.010Z',
      eventName: 's3:ObjectCreated:Put',
      userIdentity: { principalId: 'minioadmin' },
      requestParameters: { principalId: 'minioadmin', region: '', sourceIPAddress: '127.0.0.1' },
      responseElements: { 'x-amz-id-2': 'dd9025', 'x-amz-request-id': '17A5F5E4B8A9E4C0' },
      s3: {
        s3SchemaVersion: '1.0',
        configurationId: 'Config',
        bucket: {
          name: 'photos',
          ownerIdentity: { principalId: 'minioadmin' },
          arn: 'arn:aws:s3:::photos',
        },
        object: {
          key: 'summer%2Fa+b.jpg',
          size: 1024,
          eTag: '37b51d194a7513e45b56f6524f2d51f2',
          contentType: 'image/jpeg',
          sequencer: '17A5F5E4B8B1A2D8',
        },
      },
      source: { host: '127.0.0.1', port: '', userAgent: 'MinIO' },
    },
  ],
}

// As Ceph documents its gateway's, https://docs.ceph.com/en/pacific/radosgw/notifications/#events.
const ceph = {
  Records: [
    {
      eventVersion: '2.1',
      eventSource: 'ceph:s3',
      awsRegion: 'us-east-1',
      eventTime: '2019-11-22T13:47:35.124724Z',
      eventName: 'ObjectRemoved:Delete',
      userIdentity: { principalId: 'tester' },
      requestParameters: { sourceIPAddress: '' },
      responseElements: {
        'x-amz-request-id': '503a4c37-85eb-47cd-8681-2817e80b4281.5330.903595',
        'x-amz-id-2': '14d2-zone1-zonegroup1',
      },
      s3: {
        s3SchemaVersion: '1.0',
        configurationId: 'mynotif1',
        bucket: {
          name: 'photos',
          ownerIdentity: { principalId: 'tester' },
          arn: 'arn:aws:s3:us-east-1::photos',
          id: '503a4c37-85eb-47cd-8681-2817e80b4281.5332.38',
        },
        object: {
          key: 'a+b%20c.jpg',
          size: '1024',
          eTag: '',
          versionId: '',
          sequencer: 'F7E6D75DC742D108',
          metadata: [],
          tags: [],
        },
      },
      eventId: '',
      opaqueData: 'me@example.com',
    },
  ],
}

test('what engines tell of writes around us reaches functions as S3 words it', async () => {
  const { simulator } = await delegating()
  expect(await post(simulator.aws, minio)).toEqual({ status: 200, body: { Taken: 1 } })
  await simulator.idle()
  expect(await post(simulator.aws, ceph)).toEqual({ status: 200, body: { Taken: 1 } })
  await simulator.idle()
  const common = {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: 'us-east-1',
    requestParameters: { sourceIPAddress: '127.0.0.1' },
  }
  const bucket = {
    name: 'photos',
    ownerIdentity: { principalId: expect.any(String) },
    arn: 'arn:aws:s3:::photos',
  }
  const sequencer = expect.stringMatching(/^[0-9A-F]{18}$/)
  expect(eventsOf(simulator, 'record')).toEqual([
    {
      Records: [
        {
          ...common,
          eventTime: '2024-05-06T07:08:09.010Z',
          eventName: 'ObjectCreated:Put',
          userIdentity: { principalId: 'AWS:minioadmin' },
          responseElements: { 'x-amz-request-id': '17A5F5E4B8A9E4C0', 'x-amz-id-2': expect.any(String) },
          s3: {
            s3SchemaVersion: '1.0',
            configurationId: expect.any(String),
            bucket,
            object: {
              key: 'summer/a+b.jpg',
              size: 1024,
              eTag: '37b51d194a7513e45b56f6524f2d51f2',
              sequencer,
            },
          },
        },
      ],
    },
    {
      Records: [
        {
          ...common,
          eventTime: '2019-11-22T13:47:35.124Z',
          eventName: 'ObjectRemoved:Delete',
          userIdentity: { principalId: 'AWS:tester' },
          responseElements: {
            'x-amz-request-id': '503a4c37-85eb-47cd-8681-2817e80b4281.5330.903595',
            'x-amz-id-2': expect.any(String),
          },
          s3: {
            s3SchemaVersion: '1.0',
            configurationId: expect.any(String),
            bucket,
            object: { key: 'a%2Bb%2520c.jpg', sequencer },
          },
        },
      ],
    },
  ])
})

test('what is no notification is refused, and pages are', async () => {
  const { simulator } = await delegating()
  expect(await post(simulator.aws, 'no json')).toMatchObject({
    status: 400,
    body: { code: 'InvalidRequest' },
  })
  expect(await post(simulator.aws, {})).toMatchObject({ status: 400, body: { code: 'InvalidRequest' } })
  expect(await post(simulator.aws, minio, { origin: 'http://localhost:3000' })).toMatchObject({ status: 403 })
  // An event that S3 does not have is no reason for the engine to try again.
  const accessed = { Records: [{ ...minio.Records[0], eventName: 's3:ObjectAccessed:Get' }] }
  expect(await post(simulator.aws, accessed)).toEqual({ status: 200, body: { Taken: 0 } })
  expect((await fetch(`${simulator.aws}/_lambdarium/s3/notifications`, { method: 'HEAD' })).status).toBe(200)
})

test.each([
  ['a number for a key', { s3: { bucket: { name: 'photos' }, object: { key: 7 } } }],
  ['an object for a bucket', { s3: { bucket: { name: {} }, object: { key: 'k' } } }],
  ['a list for an entity tag', { s3: { bucket: { name: 'photos' }, object: { key: 'k', eTag: [] } } }],
  ['a number for who did it', { userIdentity: { principalId: 1 } }],
  ['nothing for an object', { s3: { bucket: { name: 'photos' }, object: null } }],
])("%s is the engine's mistake, not ours", async (_what, wrong) => {
  const { simulator } = await delegating()
  const record = { ...minio.Records[0], ...wrong }
  expect(await post(simulator.aws, { Records: [record] })).toMatchObject({ status: 400 })
  expect(await post(simulator.aws, { Records: [null, 5, 'x', { eventName: null }] })).toEqual({
    status: 200,
    body: { Taken: 0 },
  })
})
