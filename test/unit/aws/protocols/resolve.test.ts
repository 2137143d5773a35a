import { describe, expect, test } from 'vitest'
import {
  bucketOfHost,
  createResolver,
  createServiceWires,
  parseRequestUrl,
} from '../../../../src/aws/index.ts'

const resolve = createResolver(createServiceWires())

interface Sent {
  readonly service?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly form?: string
}

/** `service:Operation labels` of a request, or the error's code. */
function resolved(line: string, { service, headers = {}, form = '' }: Sent = {}): string {
  const [method = '', rawUrl = ''] = line.split(' ')
  const signed =
    service === undefined
      ? {}
      : { authorization: `AWS4-HMAC-SHA256 Credential=k/20260101/eu-west-1/${service}/aws4_request, x` }
  const typed = form === '' ? {} : { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
  const { path, query } = parseRequestUrl(rawUrl)
  const found = resolve({
    method,
    path,
    query,
    headers: { host: 'localhost:4566', ...signed, ...typed, ...headers },
    form: () => form,
  })
  const labels = Object.entries(found.labels).map(([name, value]) => ` ${name}=${value}`)
  const what = found.operation ?? `${found.error?.code}(${found.error?.message})`
  return `${found.wire.linked.service.id}/${found.protocol}:${what}${labels.join('')}`
}

test.each([
  ['GET /2015-03-31/functions', 'lambda/restJson1:ListFunctions'],
  ['POST /2015-03-31/functions/f/invocations', 'lambda/restJson1:Invoke FunctionName=f'],
  ['GET /restapis', 'apigateway/restJson1:GetRestApis'],
  ['GET /v2/apis', 'apigatewayv2/restJson1:GetApis'],
  ['GET /v2/email/identities', 'sesv2/restJson1:ListEmailIdentities'],
  ['GET /v2-photos/a', 's3/restXml:GetObject Bucket=v2-photos Key=a'],
])('an unsigned %s is of the service whose path it is', (line, expected) => {
  expect(resolved(line)).toBe(expected)
})

describe('S3 is found by method, path, static query, and what must be there', () => {
  test.each([
    ['GET /', 'ListBuckets'],
    ['GET /?x-id=ListDirectoryBuckets', 'ListDirectoryBuckets'],
    ['PUT /b', 'CreateBucket Bucket=b'],
    ['PUT /b/', 'CreateBucket Bucket=b'],
    ['HEAD /b', 'HeadBucket Bucket=b'],
    ['GET /b?list-type=2&prefix=a', 'ListObjectsV2 Bucket=b'],
    ['GET /b?prefix=a', 'ListObjects Bucket=b'],
    ['GET /b?versions', 'ListObjectVersions Bucket=b'],
    ['GET /b?location=', 'GetBucketLocation Bucket=b'],
    ['GET /b?inventory', 'ListBucketInventoryConfigurations Bucket=b'],
    ['GET /b?inventory&id=1', 'GetBucketInventoryConfiguration Bucket=b'],
    ['PUT /b/k', 'PutObject Bucket=b Key=k'],
    ['PUT /b/k?partNumber=1&uploadId=u', 'UploadPart Bucket=b Key=k'],
    ['GET /b/k?uploadId=u', 'ListParts Bucket=b Key=k'],
    ['DELETE /b/k?uploadId=u', 'AbortMultipartUpload Bucket=b Key=k'],
    ['POST /b/k?uploads', 'CreateMultipartUpload Bucket=b Key=k'],
    ['POST /b/k?uploadId=u', 'CompleteMultipartUpload Bucket=b Key=k'],
    ['POST /b?delete', 'DeleteObjects Bucket=b'],
    ['GET /b/a/b%20c/%C3%BC%2F/', 'GetObject Bucket=b Key=a/b c/ü//'],
    ['GET /b//a', 'GetObject Bucket=b Key=/a'],
    ['GET /b/100%', 'GetObject Bucket=b Key=100%'],
    ['PATCH /b', 'MethodNotAllowed(The specified method is not allowed against this resource.)'],
  ])('%s', (line, expected) => {
    expect(resolved(line)).toBe(`s3/restXml:${expected}`)
  })

  test('headers make the difference between putting and copying', () => {
    const headers = { 'x-amz-copy-source': 'b/o' }
    expect(resolved('PUT /b/k', { headers })).toBe('s3/restXml:CopyObject Bucket=b Key=k')
    expect(resolved('PUT /b/k?partNumber=1&uploadId=u', { headers })).toBe(
      's3/restXml:UploadPartCopy Bucket=b Key=k',
    )
  })

  test.each([
    ['b.s3.localhost:4566', 'b'],
    ['my.dotted.bucket.s3.eu-west-1.localhost', 'my.dotted.bucket'],
    ['b.s3.amazonaws.com', 'b'],
    ['b.s3.us-west-2.amazonaws.com', 'b'],
    ['b.localhost:4566', 'b'],
    ['s3.localhost:4566', undefined],
    ['s3.eu-west-1.amazonaws.com', undefined],
    ['sqs.us-east-1.localhost', undefined],
    ['x1.execute-api.localhost:4566', undefined],
    ['localhost:4566', undefined],
    ['127.0.0.1:4566', undefined],
    ['[::1]:4566', undefined],
  ])('the bucket of Host %s is %s', (host, bucket) => {
    expect(bucketOfHost(host)).toBe(bucket)
  })

  test('virtual-host style reads as path style', () => {
    expect(resolved('GET /a/k', { headers: { host: 'b.s3.localhost:4566' } })).toBe(
      's3/restXml:GetObject Bucket=b Key=a/k',
    )
    expect(resolved('GET /?list-type=2', { headers: { host: 'b.s3.localhost' } })).toBe(
      's3/restXml:ListObjectsV2 Bucket=b',
    )
  })
})

test.each([
  ['POST /', { headers: { 'x-amz-target': 'DynamoDB_20120810.GetItem' } }, 'dynamodb/awsJson1_0:GetItem'],
  [
    'POST /',
    { headers: { 'x-amz-target': 'DynamoDBStreams_20120810.GetRecords' } },
    'dynamodbstreams/awsJson1_0:GetRecords',
  ],
  ['POST /', { headers: { 'x-amz-target': 'AmazonSSM.Nope' } }, 'ssm/awsJson1_1:UnknownOperationException()'],
  [
    'POST /',
    { headers: { 'x-amz-target': 'AmazonSSM.constructor' } },
    'ssm/awsJson1_1:UnknownOperationException()',
  ],
  ['POST /', { service: 'kms' }, 'kms/awsJson1_1:UnknownOperationException()'],
  [
    'POST /',
    { service: 'sts', form: 'Action=GetCallerIdentity&Version=2011-06-15' },
    'sts/awsQuery:GetCallerIdentity',
  ],
  [
    'POST /',
    { form: 'Action=AssumeRoleWithWebIdentity&Version=2011-06-15' },
    'sts/awsQuery:AssumeRoleWithWebIdentity',
  ],
  ['GET /?Action=ListUsers&Version=2010-05-08', { service: 'iam' }, 'iam/awsQuery:ListUsers'],
  [
    'POST /',
    { service: 'iam', form: 'Action=Nope&Version=2010-05-08' },
    'iam/awsQuery:InvalidAction(Could not find operation Nope for version 2010-05-08)',
  ],
  ['POST /', { service: 'sns', form: 'a=b' }, 'sns/awsQuery:MissingAction(Missing Action)'],
  ['POST /000000000000/q', { service: 'sqs', form: 'Action=SendMessage' }, 'sqs/awsQuery:SendMessage'],
  ['POST /', { headers: { 'x-amz-target': 'AmazonSQS.SendMessage' } }, 'sqs/awsJson1_0:SendMessage'],
  [
    'POST /service/GraniteServiceVersion20100801/operation/PutMetricData',
    { headers: { 'smithy-protocol': 'rpc-v2-cbor' } },
    'cloudwatch/rpcv2Cbor:PutMetricData',
  ],
  [
    'POST /2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A1%3Afunction%3Af/invocations',
    { service: 'lambda' },
    'lambda/restJson1:Invoke FunctionName=arn:aws:lambda:us-east-1:1:function:f',
  ],
  ['GET /2015-03-31/functions/', { service: 'lambda' }, 'lambda/restJson1:ListFunctions'],
  ['GET /nowhere', { service: 'lambda' }, 'lambda/restJson1:UnknownOperationException()'],
  [
    'GET /restapis/a1/resources/r1/methods/GET',
    { service: 'apigateway' },
    'apigateway/restJson1:GetMethod restApiId=a1 resourceId=r1 httpMethod=GET',
  ],
  ['GET /v2/apis/a1', { service: 'apigateway' }, 'apigatewayv2/restJson1:GetApi ApiId=a1'],
  ['POST /v2/email/outbound-emails', { service: 'ses' }, 'sesv2/restJson1:SendEmail'],
  ['POST /', { service: 'ses', form: 'Action=SendEmail&Version=2010-12-01' }, 'ses/awsQuery:SendEmail'],
  [
    'POST /@connections/c%3D',
    { service: 'execute-api' },
    'apigatewaymanagementapi/restJson1:PostToConnection ConnectionId=c=',
  ],
] as const)('%s %o', (line, sent, expected) => {
  expect(resolved(line, sent)).toBe(expected)
})

test('what AWS has and Lambdarium has not says so', () => {
  expect(() => resolved('POST /', { headers: { 'x-amz-target': 'Kinesis_20131202.PutRecord' } })).toThrow(
    expect.objectContaining({
      statusCode: 501,
      message: 'Lambdarium emulates no service with X-Amz-Target Kinesis_20131202.PutRecord.',
    }),
  )
  expect(() => resolved('GET /', { service: 'es' })).toThrow(expect.objectContaining({ statusCode: 501 }))
})
