import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { SampleEvent } from './sample-events.ts'

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
const sqs: SampleEvent = {
  values: { queue: 'example-queue', body: 'Hello from SQS!' },
  make: ({ account, region, now, id }, value) => ({
    Records: [
      {
        messageId: id(),
        receiptHandle: id(),
        body: value('body'),
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: String(now),
          SenderId: account,
          ApproximateFirstReceiveTimestamp: String(now),
        },
        messageAttributes: {},
        md5OfBody: createHash('md5').update(value('body')).digest('hex'),
        eventSource: 'aws:sqs',
        eventSourceARN: `arn:aws:sqs:${region}:${account}:${value('queue')}`,
        awsRegion: region,
      },
    ],
  }),
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
const sns: SampleEvent = {
  values: { topic: 'example-topic', subject: 'TestInvoke', message: 'Hello from SNS!' },
  make: ({ account, region, now, id }, value) => {
    const topic = `arn:aws:sns:${region}:${account}:${value('topic')}`
    return {
      Records: [
        {
          EventVersion: '1.0',
          EventSubscriptionArn: `${topic}:${id()}`,
          EventSource: 'aws:sns',
          Sns: {
            SignatureVersion: '1',
            Timestamp: new Date(now).toISOString(),
            Signature: 'EXAMPLE',
            SigningCertUrl: 'EXAMPLE',
            MessageId: id(),
            Message: value('message'),
            MessageAttributes: {},
            Type: 'Notification',
            UnsubscribeUrl: 'EXAMPLE',
            TopicArn: topic,
            Subject: value('subject'),
          },
        },
      ],
    }
  },
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html */
const kinesis: SampleEvent = {
  values: { stream: 'example-stream', data: 'Hello, this is a test.', 'partition-key': '1' },
  make: ({ account, region, now }, value) => ({
    Records: [
      {
        kinesis: {
          kinesisSchemaVersion: '1.0',
          partitionKey: value('partition-key'),
          sequenceNumber: '49590338271490256608559692538361571095921575989136588898',
          data: Buffer.from(value('data')).toString('base64'),
          approximateArrivalTimestamp: now / 1000,
        },
        eventSource: 'aws:kinesis',
        eventVersion: '1.0',
        eventID: 'shardId-000000000006:49590338271490256608559692538361571095921575989136588898',
        eventName: 'aws:kinesis:record',
        invokeIdentityArn: `arn:aws:iam::${account}:role/lambda-role`,
        awsRegion: region,
        eventSourceARN: `arn:aws:kinesis:${region}:${account}:stream/${value('stream')}`,
      },
    ],
  }),
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-cloudwatchlogs.html */
const logs: SampleEvent = {
  values: { group: '/aws/lambda/example', message: 'ERROR something' },
  make: ({ account, now }, value) => {
    const data = {
      messageType: 'DATA_MESSAGE',
      owner: account,
      logGroup: value('group'),
      logStream: 'example',
      subscriptionFilters: ['example'],
      logEvents: [{ id: '0'.repeat(56), timestamp: now, message: value('message') }],
    }
    return { awslogs: { data: gzipSync(JSON.stringify(data)).toString('base64') } }
  },
}

export const messageEvents: Readonly<Record<string, SampleEvent>> = {
  sqs,
  sns,
  kinesis,
  logs,
}
