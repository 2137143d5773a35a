import { execFile, execFileSync } from 'node:child_process'
import { promisify } from 'node:util'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { AwsError, defineService } from '../../../src/aws/index.ts'
import { openDoor, type StartedDoor } from '../../support/aws-door.ts'

const run = promisify(execFile)

function has(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const hasAws = has('aws', '--version')
const hasBoto3 = has('python3', '-c', 'import boto3')

type Input = Record<string, unknown>

function shown(input: Input): string {
  return JSON.stringify(input, (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  )
}

/** One service per protocol; every operation tells what it got. */
function services(calls: string[]) {
  const define = (id: string, operations: Record<string, (input: Input) => unknown>) =>
    defineService({
      id,
      createState: () => ({}),
      operations: Object.fromEntries(
        Object.entries(operations).map(([name, answer]) => [
          name,
          (_context: unknown, input: Input) => {
            calls.push(name === 'PutObject' ? `${id}.${name}` : `${id}.${name} ${shown(input)}`)
            return answer(input)
          },
        ]),
      ),
    })
  const missing = (code: string, message: string, statusCode?: number) => () => {
    throw new AwsError(code, message, statusCode === undefined ? {} : { statusCode })
  }
  return [
    define('dynamodb', {
      GetItem: () => ({ Item: { id: { S: 'é' }, n: { N: '1.50' }, b: { B: Uint8Array.from([0, 255]) } } }),
      DescribeTable: missing(
        'ResourceNotFoundException',
        'Requested resource not found: Table: nope not found',
      ),
    }),
    define('ssm', {
      GetParameter: ({ Name }) => ({ Parameter: { Name, Value: 'v', LastModifiedDate: new Date(0) } }),
    }),
    define('lambda', {
      Invoke: ({ Payload }) => ({ StatusCode: 200, Payload }),
      GetFunction: missing(
        'ResourceNotFoundException',
        'Function not found: arn:aws:lambda:us-east-1:000000000000:function:nope',
      ),
    }),
    define('s3', {
      ListObjectsV2: ({ Bucket }) => ({
        Name: Bucket,
        KeyCount: 1,
        Contents: [{ Key: 'a&b/ü', Size: 3, LastModified: new Date(0) }],
      }),
      CopyObject: () => ({ CopyObjectResult: { ETag: '"e"', LastModified: new Date(0) } }),
      PutObject: async ({ Body }) => {
        for await (const chunk of Body as AsyncIterable<Uint8Array>)
          calls.push(Buffer.from(chunk).toString('utf8'))
        return { ETag: '"e"' }
      },
      HeadObject: missing('NotFound', 'Not Found', 404),
      GetBucketLocation: () => ({ LocationConstraint: 'eu-west-1' }),
      GetObjectTagging: missing('NoSuchKey', 'The specified key does not exist.'),
    }),
    define('sns', {
      Publish: () => ({ MessageId: 'm-1' }),
      GetTopicAttributes: missing('NotFoundException', 'Topic does not exist'),
    }),
    define('sqs', {
      SendMessage: () => ({ MessageId: 'm-2', MD5OfMessageBody: '0cc175b9c0f1b6a831c399e269772661' }),
      GetQueueUrl: missing('QueueDoesNotExist', 'The specified queue does not exist.'),
    }),
    define('cloudwatch', {
      PutMetricData: () => undefined,
      DescribeAlarms: () => ({ MetricAlarms: [], CompositeAlarms: [] }),
    }),
  ]
}

let started: StartedDoor
let calls: string[]

beforeEach(async () => {
  calls = []
  started = await openDoor({ services: services(calls) })
  onTestFinished(() => started.door.close())
})

async function aws(...args: string[]): Promise<string> {
  const { stdout, stderr } = await run('aws', [...args, '--output', 'json'], {
    env: { ...process.env, ...started.env },
  }).catch((error: { stdout: string; stderr: string }) => error)
  return stdout.trim() === '' ? stderr.trim() : stdout.trim()
}

describe.skipIf(!hasAws)('AWS CLI', () => {
  test('JSON', async () => {
    expect(
      JSON.parse(await aws('dynamodb', 'get-item', '--table-name', 'abc', '--key', '{"id":{"S":"1"}}')),
    ).toEqual({
      Item: { id: { S: 'é' }, n: { N: '1.50' }, b: { B: 'AP8=' } },
    })
    expect(await aws('dynamodb', 'describe-table', '--table-name', 'nope')).toContain(
      'An error occurred (ResourceNotFoundException) when calling the DescribeTable operation: Requested resource not found: Table: nope not found',
    )
    expect(await aws('ssm', 'delete-parameter', '--name', 'a')).toContain(
      'An error occurred (NotImplementedException) when calling the DeleteParameter operation: ssm:DeleteParameter is an operation of AWS that Lambdarium does not implement.',
    )
    expect(calls).toEqual([
      'dynamodb.GetItem {"TableName":"abc","Key":{"id":{"S":"1"}}}',
      'dynamodb.DescribeTable {"TableName":"nope"}',
    ])
  })

  test('REST and query', async () => {
    expect(await aws('lambda', 'get-function', '--function-name', 'nope')).toContain(
      '(ResourceNotFoundException)',
    )
    expect(JSON.parse(await aws('s3api', 'list-objects-v2', '--bucket', 'b'))).toMatchObject({
      Contents: [{ Key: 'a&b/ü', Size: 3 }],
    })
    expect(JSON.parse(await aws('s3api', 'get-bucket-location', '--bucket', 'b'))).toEqual({
      LocationConstraint: 'eu-west-1',
    })
    expect(
      JSON.parse(await aws('s3api', 'copy-object', '--bucket', 'b', '--key', 'k ü', '--copy-source', 'b/o')),
    ).toMatchObject({
      CopyObjectResult: { ETag: '"e"' },
    })
    expect(await aws('s3api', 'head-object', '--bucket', 'b', '--key', 'k')).toContain(
      '(404) when calling the HeadObject operation: Not Found',
    )
    expect(JSON.parse(await aws('sns', 'publish', '--topic-arn', 't', '--message', 'a & b'))).toEqual({
      MessageId: 'm-1',
    })
    expect(await aws('sns', 'get-topic-attributes', '--topic-arn', 't')).toContain('(NotFound)')
    expect(calls).toContain('s3.CopyObject {"Bucket":"b","CopySource":"b/o","Key":"k ü"}')
    expect(calls).toContain('sns.Publish {"Message":"a & b","TopicArn":"t"}')
  })
})

const script = `
import boto3, io, json
from botocore.config import Config
from botocore.exceptions import ClientError
config = Config(retries={'max_attempts': 0}, s3={'addressing_style': 'path'})
client = lambda name: boto3.client(name, config=config)
def code(call):
    try:
        call()
    except ClientError as error:
        return [error.response['Error']['Code'], error.response['Error'].get('Message'), error.response['ResponseMetadata']['HTTPStatusCode']]
sqs = client('sqs')
url = boto3.session.Session().client('sqs').meta.endpoint_url + '/000000000000/q'
print(json.dumps([
    client('dynamodb').get_item(TableName='abc', Key={'id': {'B': b'\\x00'}})['Item']['b']['B'].hex(),
    client('ssm').get_parameter(Name='/a')['Parameter']['LastModifiedDate'].timestamp(),
    client('lambda').invoke(FunctionName='f', Payload=b'{"a":1}')['Payload'].read().decode(),
    client('s3').put_object(Bucket='b', Key='k', Body=io.BytesIO(b'body'), Metadata={'a': 'b'}, ChecksumAlgorithm='CRC32')['ETag'],
    client('sns').publish(TopicArn='t', Message='m', MessageAttributes={'n': {'DataType': 'Binary', 'BinaryValue': b'\\xff'}})['MessageId'],
    sqs.send_message(QueueUrl=url, MessageBody='a')['MessageId'],
    code(lambda: sqs.get_queue_url(QueueName='nope')),
    code(lambda: client('s3').get_object_tagging(Bucket='b', Key='k')),
    client('cloudwatch').put_metric_data(Namespace='n', MetricData=[{'MetricName': 'm', 'Value': 1.5}])['ResponseMetadata']['HTTPStatusCode'],
    client('cloudwatch').describe_alarms()['MetricAlarms'],
    code(lambda: client('cloudwatch').list_dashboards()),
]))
`

test.skipIf(!hasBoto3)('boto3', async () => {
  const { stdout } = await run('python3', ['-c', script], { env: { ...process.env, ...started.env } })
  expect(JSON.parse(stdout)).toEqual([
    '00ff',
    0,
    '{"a":1}',
    '"e"',
    'm-1',
    'm-2',
    ['AWS.SimpleQueueService.NonExistentQueue', 'The specified queue does not exist.', 400],
    ['NoSuchKey', 'The specified key does not exist.', 404],
    200,
    [],
    [
      'NotImplementedException',
      'cloudwatch:ListDashboards is an operation of AWS that Lambdarium does not implement.',
      501,
    ],
  ])
  expect(calls).toContain(
    'sns.Publish {"Message":"m","TopicArn":"t","MessageAttributes":{"n":{"DataType":"Binary","BinaryValue":"ÿ"}}}',
  )
})
