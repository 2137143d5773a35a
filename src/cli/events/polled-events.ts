import type { EventFacts, SampleEvent } from './sample-events.ts'

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html, https://docs.aws.amazon.com/lambda/latest/dg/with-kafka.html */
const kafka = (source: 'aws:kafka' | 'SelfManagedKafka'): SampleEvent => ({
  values: { topic: 'example-topic', key: 'key', value: 'Hello from Kafka!', cluster: 'example' },
  make: ({ account, region, now }, value) => ({
    eventSource: source,
    ...(source === 'aws:kafka' && {
      eventSourceArn: `arn:aws:kafka:${region}:${account}:cluster/${value('cluster')}/00000000-0000-0000-0000-000000000000-1`,
    }),
    bootstrapServers: 'localhost:9092',
    records: {
      [`${value('topic')}-0`]: [
        {
          topic: value('topic'),
          partition: 0,
          offset: 15,
          timestamp: now,
          timestampType: 'CREATE_TIME',
          key: base64(value('key')),
          value: base64(value('value')),
          headers: [{ headerKey: [...Buffer.from('headerValue')] }],
        },
      ],
    },
  }),
})

const brokerArn = ({ account, region }: EventFacts, broker: string): string =>
  `arn:aws:mq:${region}:${account}:broker:${broker}:b-00000000-0000-0000-0000-000000000000`

/** https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html */
const activeMq: SampleEvent = {
  values: { broker: 'example', queue: 'example-queue', body: 'Hello from ActiveMQ!' },
  make: (facts, value) => ({
    eventSource: 'aws:mq',
    eventSourceArn: brokerArn(facts, value('broker')),
    messages: [
      {
        messageID: 'ID:localhost-1',
        messageType: 'jms/text-message',
        deliveryMode: 1,
        replyTo: null,
        type: null,
        expiration: '60000',
        priority: 1,
        correlationId: 'example',
        redelivered: false,
        destination: { physicalName: value('queue') },
        data: base64(value('body')),
        timestamp: facts.now,
        brokerInTime: facts.now,
        brokerOutTime: facts.now,
        properties: {},
      },
    ],
  }),
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-mq.html */
const rabbitMq: SampleEvent = {
  values: { broker: 'example', queue: 'example-queue', body: 'Hello from RabbitMQ!' },
  make: (facts, value) => ({
    eventSource: 'aws:rmq',
    eventSourceArn: brokerArn(facts, value('broker')),
    rmqMessagesByQueue: {
      [`${value('queue')}::/`]: [
        {
          basicProperties: {
            contentType: 'text/plain',
            contentEncoding: null,
            headers: {},
            deliveryMode: 1,
            priority: 0,
            correlationId: null,
            replyTo: null,
            expiration: '60000',
            messageId: null,
            timestamp: new Date(facts.now).toISOString(),
            type: null,
            userId: 'example',
            appId: null,
            clusterId: null,
            bodySize: Buffer.byteLength(value('body')),
          },
          redelivered: false,
          data: base64(value('body')),
        },
      ],
    },
  }),
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-documentdb.html */
const documentDb: SampleEvent = {
  values: { cluster: 'example', database: 'test', collection: 'example', document: '{"name":"Ada"}' },
  make: ({ account, region, now }, value) => ({
    eventSourceArn: `arn:aws:rds:${region}:${account}:cluster:${value('cluster')}`,
    events: [
      {
        event: {
          _id: { _data: '0163eeb6e7000000090100000009000041e1' },
          clusterTime: { $timestamp: { t: Math.floor(now / 1000), i: 9 } },
          documentKey: { _id: { $oid: '63eeb6e7d418cd98afb1c1d7' } },
          fullDocument: {
            _id: { $oid: '63eeb6e7d418cd98afb1c1d7' },
            ...(JSON.parse(value('document')) as object),
          },
          ns: { db: value('database'), coll: value('collection') },
          operationType: 'insert',
        },
      },
    ],
    eventSource: 'aws:docdb',
  }),
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-kinesisfirehose.html */
const firehose: SampleEvent = {
  values: { stream: 'example-stream', data: 'Hello, this is a test.' },
  make: ({ account, region, now, id }, value) => ({
    invocationId: id(),
    deliveryStreamArn: `arn:aws:firehose:${region}:${account}:deliverystream/${value('stream')}`,
    region,
    records: [
      {
        recordId: '49546986683135544286507457936321625675700192471156785154',
        approximateArrivalTimestamp: now,
        data: base64(value('data')),
      },
    ],
  }),
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-invoke-lambda.html */
const s3Batch: SampleEvent = {
  values: { bucket: 'example-bucket', key: 'images/picture.jpg' },
  make: ({ id }, value) => ({
    invocationSchemaVersion: '1.0',
    invocationId: id(),
    job: { id: id() },
    tasks: [
      {
        taskId: '1',
        s3Key: encodeURIComponent(value('key')),
        s3VersionId: null,
        s3BucketArn: `arn:aws:s3:::${value('bucket')}`,
      },
    ],
  }),
}

export const polledEvents: Readonly<Record<string, SampleEvent>> = {
  msk: kafka('aws:kafka'),
  kafka: kafka('SelfManagedKafka'),
  'mq:activemq': activeMq,
  'mq:rabbitmq': rabbitMq,
  documentdb: documentDb,
  firehose,
  's3:batch': s3Batch,
}
