import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type CephGateway, hasCeph, startCephGateway } from '../../support/ceph-gateway.ts'
import { recordsOf, type Started, start } from './support.ts'

let ceph: CephGateway

describe.skipIf(!hasCeph())('Ceph’s object gateway as the engine (radosgw, ceph-mon, ceph-osd)', () => {
  beforeAll(async () => {
    ceph = await startCephGateway()
  }, 120_000)
  afterAll(() => ceph.stop())

  /** A simulator whose buckets Ceph keeps, and a client of Ceph's own. */
  async function delegating(bucket: string): Promise<Started & { readonly direct: S3Client }> {
    const { host } = new URL(ceph.url)
    const { accessKeyId, secretAccessKey } = ceph
    const started = await start({
      s3Endpoint: `http://${accessKeyId}:${encodeURIComponent(secretAccessKey)}@${host}`,
      resources: { buckets: [bucket] },
      triggers: [{ bucket, events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'], function: 'record' }],
    })
    const direct = new S3Client({
      ...started.simulator.clientConfig(),
      endpoint: ceph.url,
      credentials: { accessKeyId, secretAccessKey },
    })
    onTestFinished(() => direct.destroy())
    return { ...started, direct }
  }

  const seen = (started: Started) =>
    recordsOf(started.simulator, 'record').map(({ eventName, s3: { object } }) => {
      const { key, size, eTag } = object
      return { eventName, key, size, eTag }
    })

  test('objects, their keys, metadata and parts, and an event for each change', async () => {
    const started = await delegating('photos')
    const { s3, direct, simulator } = started
    const Bucket = 'photos'
    const keys = ['plain', 'a b+c', 'ü/😀', 'x//y', "q'(1)*!", '%20', 'a&b=c?d']
    for (const Key of keys)
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'hello', Metadata: { who: 'Ada' } }))
    await simulator.idle()
    const eTag = '5d41402abc4b2a76b9719d911017c592'
    expect(
      seen(started).map(({ key, ...rest }) => [decodeURIComponent(String(key).replaceAll('+', ' ')), rest]),
    ).toEqual(
      expect.arrayContaining(keys.map(key => [key, { eventName: 'ObjectCreated:Put', size: 5, eTag }])),
    )
    const listed = await direct.send(new ListObjectsV2Command({ Bucket }))
    expect(listed.Contents?.map(({ Key }) => Key)).toEqual(
      keys.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))),
    )
    for (const Key of keys) {
      const { Body, Metadata } = await s3.send(new GetObjectCommand({ Bucket, Key }))
      expect([await Body?.transformToString(), Metadata]).toEqual(['hello', { who: 'Ada' }])
    }
    const body = Buffer.alloc(6_000_000, 'lambdarium')
    const upload = { Bucket, Key: 'parts' }
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(upload))
    const Parts = []
    for (const [index, Body] of [body, body.subarray(0, 10)].entries()) {
      const PartNumber = index + 1
      const { ETag } = await s3.send(new UploadPartCommand({ ...upload, UploadId, PartNumber, Body }))
      Parts.push({ ETag, PartNumber })
    }
    await s3.send(new CompleteMultipartUploadCommand({ ...upload, UploadId, MultipartUpload: { Parts } }))
    // This gateway's answer to the completion has an empty entity tag.
    const { ETag } = await direct.send(new HeadObjectCommand(upload))
    const given = await s3.send(new CreateMultipartUploadCommand({ ...upload, Key: 'given up' }))
    await s3.send(new AbortMultipartUploadCommand({ ...upload, Key: 'given up', UploadId: given.UploadId }))
    await s3.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: 'photos/a%20b%2Bc' }))
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'copy' }))
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'plain' }] } }))
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'plain' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 404 },
    })
    const part = await s3.send(new GetObjectCommand({ ...upload, Range: 'bytes=5999990-6000004' }))
    expect(await part.Body?.transformToString()).toBe('lambdariumlambd')
    await simulator.idle()
    const removed = { eventName: 'ObjectRemoved:Delete', size: undefined, eTag: undefined }
    const rest = seen(started).slice(keys.length)
    expect(new Set(rest)).toEqual(
      new Set([
        {
          eventName: 'ObjectCreated:CompleteMultipartUpload',
          key: 'parts',
          size: 6_000_010,
          eTag: ETag?.replaceAll('"', ''),
        },
        { eventName: 'ObjectCreated:Copy', key: 'copy', size: 5, eTag },
        { ...removed, key: 'copy' },
        { ...removed, key: 'plain' },
      ]),
    )
    expect(rest.length).toBe(4)
  }, 60_000)

  test('versions and delete markers', async () => {
    const started = await delegating('versions')
    const Bucket = 'versions'
    const { s3, simulator } = started
    const VersioningConfiguration = { Status: 'Enabled' as const }
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }))
    const { VersionId } = await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }))
    const marker = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }))
    await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId }))
    await simulator.idle()
    const versions = recordsOf(simulator, 'record').map(({ eventName, s3: { object } }) => [
      eventName,
      object['versionId'],
    ])
    expect(new Set(versions)).toEqual(
      new Set([
        ['ObjectCreated:Put', VersionId],
        ['ObjectRemoved:DeleteMarkerCreated', marker.VersionId],
        ['ObjectRemoved:Delete', VersionId],
      ]),
    )
  }, 60_000)

  test('writes that go around us reach functions by the gateway’s own notifications', async () => {
    const { direct, simulator, s3 } = await delegating('around')
    const sns = new SNSClient({
      endpoint: ceph.url,
      region: 'us-east-1',
      credentials: { accessKeyId: ceph.accessKeyId, secretAccessKey: ceph.secretAccessKey },
    })
    onTestFinished(() => sns.destroy())
    const Attributes = { 'push-endpoint': `${simulator.aws}/_lambdarium/s3/notifications` }
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'lambdarium', Attributes }))
    const Bucket = 'around'
    await direct.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket,
        NotificationConfiguration: {
          TopicConfigurations: [
            { Id: 'all', TopicArn, Events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'] },
          ],
        },
      }),
    )
    await direct.send(new PutObjectCommand({ Bucket, Key: 'a b+ü/%20', Body: 'hello' }))
    await simulator.idle()
    const [created] = recordsOf(simulator, 'record')
    expect(created?.eventName).toBe('ObjectCreated:Put')
    expect(created?.s3.object).toEqual({
      key: 'a+b%2B%C3%BC/%2520',
      size: 5,
      eTag: '5d41402abc4b2a76b9719d911017c592',
      sequencer: expect.stringMatching(/^[0-9A-F]{18}$/),
    })
    await direct.send(new DeleteObjectCommand({ Bucket, Key: 'a b+ü/%20' }))
    await simulator.idle()
    expect(recordsOf(simulator, 'record').map(({ eventName }) => eventName)).toEqual([
      'ObjectCreated:Put',
      'ObjectRemoved:Delete',
    ])
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0)
  }, 60_000)
})
