import type { ImportTableCommandInput, ImportTableDescription } from '@aws-sdk/client-dynamodb'
import { jsonTable } from '../../stores/index.ts'
import type { Wire } from './wire.ts'

/** An import out of a bucket as it is kept. */
export interface ImportRecord {
  readonly arn: string
  readonly status: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED'
  readonly tableArn: string
  readonly tableId: string
  readonly clientToken: string
  /** The request as it came. */
  readonly input: Wire<ImportTableCommandInput>
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly endedAt?: number
  readonly errors: number
  readonly processedItems: number
  readonly processedBytes: number
  readonly importedItems: number
  readonly failure?: { readonly code: string; readonly message: string }
}

/** Imports by account, region and ARN. */
export const importRecords = jsonTable<ImportRecord>('dynamodb/imports')

/** An import as DescribeImport answers it; one that was cut short by the simulator's end has failed. */
export function describeImport(record: ImportRecord, isRunning: boolean): ImportTableDescription {
  const isLost = record.status === 'IN_PROGRESS' && !isRunning
  const failure = isLost
    ? { code: 'Interrupted', message: 'The simulator was stopped in the middle of the import' }
    : record.failure
  const { input } = record
  return {
    ImportArn: record.arn,
    ImportStatus: isLost ? 'FAILED' : record.status,
    TableArn: record.tableArn,
    TableId: record.tableId,
    ClientToken: record.clientToken,
    S3BucketSource: input.S3BucketSource,
    ErrorCount: record.errors,
    InputFormat: input.InputFormat,
    ...(input.InputFormatOptions === undefined ? {} : { InputFormatOptions: input.InputFormatOptions }),
    InputCompressionType: input.InputCompressionType ?? 'NONE',
    TableCreationParameters: input.TableCreationParameters,
    StartTime: new Date(record.startedAt),
    ...(record.endedAt === undefined ? {} : { EndTime: new Date(record.endedAt) }),
    ProcessedSizeBytes: record.processedBytes,
    ProcessedItemCount: record.processedItems,
    ImportedItemCount: record.importedItems,
    ...(failure === undefined ? {} : { FailureCode: failure.code, FailureMessage: failure.message }),
  } as ImportTableDescription
}
