import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import {
  CreateTableCommand,
  DescribeExportCommand,
  DescribeImportCommand,
  DynamoDBClient,
  ExportTableToPointInTimeCommand,
  ImportTableCommand,
  type ImportTableCommandInput,
  ListExportsCommand,
  ListImportsCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateContinuousBackupsCommand,
} from '@aws-sdk/client-dynamodb'
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { expect, onTestFinished, test } from 'vitest'
import { createSimulator } from '../../../src/index.ts'

const rides = {
  BillingMode: 'PAY_PER_REQUEST' as const,
  AttributeDefinitions: [
    { AttributeName: 'id', AttributeType: 'S' as const },
    { AttributeName: 'km', AttributeType: 'N' as const },
  ],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-km',
      KeySchema: [{ AttributeName: 'km', KeyType: 'HASH' as const }],
      Projection: { ProjectionType: 'ALL' as const },
    },
  ],
}

async function start() {
  const simulator = await createSimulator()
  onTestFinished(() => simulator.stop())
  const dynamodb = new DynamoDBClient(simulator.clientConfig())
  const s3 = new S3Client(simulator.clientConfig())
  onTestFinished(() => {
    dynamodb.destroy()
    s3.destroy()
  })
  await s3.send(new CreateBucketCommand({ Bucket: 'exports' }))
  const keys = async (): Promise<string[]> => {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'exports' }))
    return Contents.map(({ Key = '' }) => Key)
  }
  const read = async (Key: string): Promise<Buffer> => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'exports', Key }))
    return Buffer.from((await Body?.transformToByteArray()) ?? [])
  }
  const write = (Key: string, Body: string | Buffer) =>
    s3.send(new PutObjectCommand({ Bucket: 'exports', Key, Body }))
  return { simulator, dynamodb, s3, keys, read, write }
}

const md5 = (body: Buffer): string => createHash('md5').update(body).digest('base64')

test('an export is the table as it was, with manifests as AWS writes them; an import of it is the same table', async () => {
  const { simulator, dynamodb, keys, read } = await start()
  const created = await dynamodb.send(new CreateTableCommand({ TableName: 'Rides', ...rides }))
  const { TableArn = '', TableId = '' } = created.TableDescription ?? {}
  const put = (id: string, km: string) =>
    dynamodb.send(
      new PutItemCommand({
        TableName: 'Rides',
        Item: { id: { S: id }, km: { N: km }, raw: { B: Buffer.from(id) } },
      }),
    )
  const exporting = (input: object = {}) =>
    dynamodb.send(new ExportTableToPointInTimeCommand({ TableArn, S3Bucket: 'exports', ...input }))
  await expect(exporting()).rejects.toMatchObject({
    name: 'PointInTimeRecoveryUnavailableException',
    message: "Point in time recovery is not enabled for table 'Rides'",
  })
  await dynamodb.send(
    new UpdateContinuousBackupsCommand({
      TableName: 'Rides',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    }),
  )
  await put('a', '1')
  await put('b', '2')
  await simulator.clock.advance({ minutes: 1 })
  const ExportTime = new Date(simulator.clock.now())
  await simulator.clock.advance({ minutes: 1 })
  await put('b', '3')
  await put('c', '4')

  const { ExportDescription } = await exporting({ ExportTime, S3Prefix: 'nightly', ClientToken: 'once' })
  const ExportArn = ExportDescription?.ExportArn ?? ''
  const id = ExportArn.slice(`${TableArn}/export/`.length)
  expect(ExportDescription).toMatchObject({
    ExportStatus: 'IN_PROGRESS',
    ExportFormat: 'DYNAMODB_JSON',
    TableArn,
    TableId,
  })
  expect(id).toMatch(/^\d{14}-[0-9a-f]{8}$/)
  await simulator.idle()
  const folder = `nightly/AWSDynamoDB/${id}/`
  const [started, data = '', ...manifests] = (await keys()).map(key => key.replace(folder, ''))
  expect([started, data, ...manifests]).toEqual([
    '_started',
    expect.stringMatching(/^data\/[0-9a-f]{26}\.json\.gz$/),
    'manifest-files.checksum',
    'manifest-files.json',
    'manifest-summary.checksum',
    'manifest-summary.json',
  ])
  const body = await read(folder + data)
  const lines = gunzipSync(body).toString().trim().split('\n')
  const item = (name: string, km: string) => ({
    Item: { id: { S: name }, km: { N: km }, raw: { B: Buffer.from(name).toString('base64') } },
  })
  expect(lines.map(line => JSON.parse(line)).sort((a, b) => (a.Item.id.S < b.Item.id.S ? -1 : 1))).toEqual([
    item('a', '1'),
    item('b', '2'),
  ])
  const files = await read(`${folder}manifest-files.json`)
  expect(JSON.parse(files.toString())).toEqual({
    itemCount: 2,
    md5Checksum: md5(body),
    etag: createHash('md5').update(body).digest('hex'),
    dataFileS3Key: folder + data,
  })
  expect((await read(`${folder}manifest-files.checksum`)).toString()).toBe(md5(files))
  const summary = await read(`${folder}manifest-summary.json`)
  expect((await read(`${folder}manifest-summary.checksum`)).toString()).toBe(md5(summary))
  const described = (await dynamodb.send(new DescribeExportCommand({ ExportArn }))).ExportDescription
  expect(described).toMatchObject({
    ExportStatus: 'COMPLETED',
    ItemCount: 2,
    ExportManifest: `${folder}manifest-summary.json`,
    ExportTime: ExportTime,
  })
  expect(JSON.parse(summary.toString())).toMatchObject({
    version: '2020-06-30',
    exportArn: ExportArn,
    tableArn: TableArn,
    tableId: TableId,
    s3Bucket: 'exports',
    s3Prefix: 'nightly',
    s3SseAlgorithm: 'AES256',
    s3SseKmsKeyId: null,
    manifestFilesS3Key: `${folder}manifest-files.json`,
    itemCount: 2,
    outputFormat: 'DYNAMODB_JSON',
  })
  // The token again is the same export; with another bucket it is a conflict.
  expect((await exporting({ ClientToken: 'once' })).ExportDescription?.ExportArn).toBe(ExportArn)
  await expect(exporting({ ClientToken: 'once', S3Bucket: 'other' })).rejects.toMatchObject({
    name: 'ExportConflictException',
  })
  expect((await dynamodb.send(new ListExportsCommand({ TableArn }))).ExportSummaries).toEqual([
    { ExportArn, ExportStatus: 'COMPLETED', ExportType: 'FULL_EXPORT' },
  ])

  await dynamodb.send(
    new ImportTableCommand({
      S3BucketSource: { S3Bucket: 'exports', S3KeyPrefix: `${folder}data/` },
      InputFormat: 'DYNAMODB_JSON',
      InputCompressionType: 'GZIP',
      TableCreationParameters: { TableName: 'Again', ...rides },
    }),
  )
  await simulator.idle()
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: 'Again' }))
  expect(Items.map(({ id: key, km }) => [key?.S, km?.N]).sort()).toEqual([
    ['a', '1'],
    ['b', '2'],
  ])
})

test('a bucket that is not there fails the job, as DescribeExport and DescribeImport tell', async () => {
  const { simulator, dynamodb } = await start()
  const { TableDescription } = await dynamodb.send(new CreateTableCommand({ TableName: 'Rides', ...rides }))
  await dynamodb.send(
    new UpdateContinuousBackupsCommand({
      TableName: 'Rides',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    }),
  )
  const { ExportDescription } = await dynamodb.send(
    new ExportTableToPointInTimeCommand({ TableArn: TableDescription?.TableArn, S3Bucket: 'missing' }),
  )
  await simulator.idle()
  const failed = await dynamodb.send(new DescribeExportCommand({ ExportArn: ExportDescription?.ExportArn }))
  expect(failed.ExportDescription).toMatchObject({
    ExportStatus: 'FAILED',
    FailureCode: 'S3NoSuchBucket',
    FailureMessage: 'The specified bucket does not exist',
  })
  await expect(
    dynamodb.send(
      new ExportTableToPointInTimeCommand({
        TableArn: TableDescription?.TableArn,
        S3Bucket: 'missing',
        ExportFormat: 'ION',
      }),
    ),
  ).rejects.toMatchObject({ message: 'Lambdarium does not export ION, only DYNAMODB_JSON' })
})

test('CSV: keys have their types, the rest is text; what is no item is counted and passed over', async () => {
  const { simulator, dynamodb, write } = await start()
  await write('in/1.csv', 'id,km,note\na,1,"says ""hi"", twice"\nb,many,x\nc,2,\n')
  await write('in/2.csv.gz', gzipSync('id,km,note\n'))
  const importing = (name: string, input: Partial<ImportTableCommandInput>) =>
    dynamodb.send(
      new ImportTableCommand({
        S3BucketSource: { S3Bucket: 'exports', S3KeyPrefix: 'in/1' },
        InputFormat: 'CSV',
        TableCreationParameters: { TableName: name, ...rides },
        ...input,
      }),
    )
  const { ImportTableDescription } = await importing('Rides', {})
  expect(ImportTableDescription).toMatchObject({ ImportStatus: 'IN_PROGRESS', InputCompressionType: 'NONE' })
  await simulator.idle()
  const ImportArn = ImportTableDescription?.ImportArn
  const { ImportTableDescription: done } = await dynamodb.send(new DescribeImportCommand({ ImportArn }))
  expect(done).toMatchObject({
    ImportStatus: 'COMPLETED',
    ProcessedItemCount: 3,
    ImportedItemCount: 2,
    ErrorCount: 1,
  })
  const { Items } = await dynamodb.send(
    new QueryCommand({
      TableName: 'Rides',
      IndexName: 'by-km',
      KeyConditionExpression: 'km = :k',
      ExpressionAttributeValues: { ':k': { N: '1' } },
    }),
  )
  expect(Items).toEqual([{ id: { S: 'a' }, km: { N: '1' }, note: { S: 'says "hi", twice' } }])
  await importing('Named', {
    InputFormatOptions: { Csv: { Delimiter: ',', HeaderList: ['id', 'km', 'text'] } },
  })
  await simulator.idle()
  // The header is data then, and no number is `km`.
  const named = await dynamodb.send(new ScanCommand({ TableName: 'Named', Select: 'COUNT' }))
  expect(named.Count).toBe(2)
  expect((await dynamodb.send(new ListImportsCommand({}))).ImportSummaryList).toHaveLength(2)
  await expect(importing('Rides', {})).rejects.toMatchObject({ name: 'ResourceInUseException' })
  await expect(importing('Other', { InputCompressionType: 'ZSTD' })).rejects.toMatchObject({
    message: 'Lambdarium does not import ZSTD, only GZIP and NONE',
  })
})
