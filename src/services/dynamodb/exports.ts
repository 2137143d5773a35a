import type { ExportDescription } from '@aws-sdk/client-dynamodb'
import { AwsError } from '../../aws/index.ts'
import { jsonTable } from '../../stores/index.ts'

/** An export to a bucket as it is kept. */
export interface ExportRecord {
  readonly arn: string
  readonly status: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED'
  readonly tableArn: string
  readonly tableId: string
  /** Milliseconds since 1970: of the table's state, of the job's start and of its end. */
  readonly time: number
  readonly startedAt: number
  readonly endedAt?: number
  readonly bucket: string
  readonly bucketOwner?: string
  readonly prefix?: string
  readonly sse?: string
  readonly sseKey?: string
  readonly clientToken: string
  readonly failure?: { readonly code: string; readonly message: string }
  readonly items?: number
  readonly bytes?: number
  readonly manifest?: string
}

/** Exports by account, region and ARN. */
export const exportRecords = jsonTable<ExportRecord>('dynamodb/exports')

/** The job is none that is known. */
export const exportNotFound = (arn: string): AwsError =>
  new AwsError('ExportNotFoundException', `Export not found: ${arn}`)

/** An export as DescribeExport answers it; one that was cut short by the simulator's end has failed. */
export function describeExport(record: ExportRecord, isRunning: boolean): ExportDescription {
  const isLost = record.status === 'IN_PROGRESS' && !isRunning
  const failure = isLost
    ? { code: 'Interrupted', message: 'The simulator was stopped in the middle of the export' }
    : record.failure
  return {
    ExportArn: record.arn,
    ExportStatus: isLost ? 'FAILED' : record.status,
    StartTime: new Date(record.startedAt),
    ...(record.endedAt === undefined ? {} : { EndTime: new Date(record.endedAt) }),
    ...(record.manifest === undefined ? {} : { ExportManifest: record.manifest }),
    TableArn: record.tableArn,
    TableId: record.tableId,
    ExportTime: new Date(record.time),
    ClientToken: record.clientToken,
    S3Bucket: record.bucket,
    ...(record.bucketOwner === undefined ? {} : { S3BucketOwner: record.bucketOwner }),
    ...(record.prefix === undefined ? {} : { S3Prefix: record.prefix }),
    ...(record.sse === undefined ? {} : { S3SseAlgorithm: record.sse as 'AES256' | 'KMS' }),
    ...(record.sseKey === undefined ? {} : { S3SseKmsKeyId: record.sseKey }),
    ...(failure === undefined ? {} : { FailureCode: failure.code, FailureMessage: failure.message }),
    ExportFormat: 'DYNAMODB_JSON',
    ...(record.bytes === undefined ? {} : { BilledSizeBytes: record.bytes }),
    ...(record.items === undefined ? {} : { ItemCount: record.items }),
    ExportType: 'FULL_EXPORT',
  }
}
