import type { EventFacts, SampleEvent } from './sample-events.ts'

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
const s3 = (eventName: string, created: boolean): SampleEvent => ({
  values: {
    bucket: 'example-bucket',
    key: 'images/picture.jpg',
    size: '1024',
    etag: 'd41d8cd98f00b204e9800998ecf8427e',
  },
  make: ({ region, account, now, id }, value) => ({
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: region,
        eventTime: new Date(now).toISOString(),
        eventName,
        userIdentity: { principalId: account },
        requestParameters: { sourceIPAddress: '127.0.0.1' },
        responseElements: { 'x-amz-request-id': id().slice(0, 16).toUpperCase(), 'x-amz-id-2': id() },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: 'example',
          bucket: {
            name: value('bucket'),
            ownerIdentity: { principalId: account },
            arn: `arn:aws:s3:::${value('bucket')}`,
          },
          object: {
            key: encodeURIComponent(value('key')).replaceAll('%2F', '/').replaceAll('%20', '+'),
            ...(created && { size: Number(value('size')), eTag: value('etag') }),
            sequencer: now.toString(16).toUpperCase().padStart(16, '0'),
          },
        },
      },
    ],
  }),
})

/** https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
const dynamodb = (eventName: 'INSERT' | 'MODIFY' | 'REMOVE'): SampleEvent => ({
  values: { table: 'ExampleTable', key: 'Id', id: '101' },
  make: ({ region, account, now, id }: EventFacts, value) => {
    const keys = { [value('key')]: { S: value('id') } }
    return {
      Records: [
        {
          eventID: id().replaceAll('-', ''),
          eventName,
          eventVersion: '1.1',
          eventSource: 'aws:dynamodb',
          awsRegion: region,
          dynamodb: {
            ApproximateCreationDateTime: Math.floor(now / 1000),
            Keys: keys,
            ...(eventName !== 'REMOVE' && { NewImage: { Message: { S: 'New item!' }, ...keys } }),
            ...(eventName !== 'INSERT' && { OldImage: { Message: { S: 'Old item!' }, ...keys } }),
            SequenceNumber: '100000000000000000001',
            SizeBytes: 26,
            StreamViewType: 'NEW_AND_OLD_IMAGES',
          },
          eventSourceARN: `arn:aws:dynamodb:${region}:${account}:table/${value('table')}/stream/${new Date(now).toISOString().slice(0, 19)}.000`,
        },
      ],
    }
  },
})

export const storageEvents: Readonly<Record<string, SampleEvent>> = {
  's3:put': s3('ObjectCreated:Put', true),
  's3:copy': s3('ObjectCreated:Copy', true),
  's3:post': s3('ObjectCreated:Post', true),
  's3:multipart': s3('ObjectCreated:CompleteMultipartUpload', true),
  's3:delete-marker': s3('ObjectRemoved:DeleteMarkerCreated', false),
  's3:delete': s3('ObjectRemoved:Delete', false),
  'dynamodb:insert': dynamodb('INSERT'),
  'dynamodb:update': dynamodb('MODIFY'),
  'dynamodb:remove': dynamodb('REMOVE'),
}
