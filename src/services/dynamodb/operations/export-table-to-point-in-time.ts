import type {
  ExportTableToPointInTimeCommandInput,
  ExportTableToPointInTimeCommandOutput,
} from '@aws-sdk/client-dynamodb'
import { AwsError, type OperationContext } from '../../../aws/index.ts'
import { earliest } from '../continuous-backups.ts'
import { dataFile, exportFolder, manifestFiles } from '../export-files.ts'
import { describeExport, type ExportRecord, exportRecords } from '../exports.ts'
import { failureOf, jobId, runJob } from '../jobs.ts'
import { requireRecord } from '../require-record.ts'
import type { DynamoDbOperation, DynamoDbState } from '../state.ts'
import { itemsAt, requireRecovery } from '../table-at.ts'
import type { Item } from '../values/attribute-value.ts'
import { itemSize } from '../values/item-size.ts'

/**
 * Writes a table's items as they were at a moment into a bucket, as one data file.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExportTableToPointInTime.html
 */
export const ExportTableToPointInTime: DynamoDbOperation<
  ExportTableToPointInTimeCommandInput,
  Omit<ExportTableToPointInTimeCommandOutput, '$metadata'>
> = async (context, input) => {
  const { account, region, now, state } = context
  const unsupported = (what: string): AwsError =>
    new AwsError('NotImplemented', `Lambdarium does not export ${what}`, { statusCode: 501 })
  if (input.ExportFormat === 'ION') throw unsupported('ION, only DYNAMODB_JSON')
  if (input.ExportType === 'INCREMENTAL_EXPORT') throw unsupported('increments, only FULL_EXPORT')
  const token = input.ClientToken ?? context.newId()
  const id = jobId(now, context.newId())
  const fileName = context.newId().replaceAll('-', '').slice(0, 26)
  const { record, items } = await state.store.transaction(writer => {
    for (const [, known] of exportRecords.under(writer, account, region)) {
      if (known.clientToken !== token) continue
      if (known.bucket === input.S3Bucket && known.tableArn === input.TableArn) return { record: known }
      throw new AwsError(
        'ExportConflictException',
        `Export with client token ${token} already exists with different parameters`,
      )
    }
    const { record: table, table: compiled } = requireRecord(writer, context, input.TableArn)
    const time = input.ExportTime?.getTime() ?? now
    if (time < earliest(requireRecovery(table), now) || time > now)
      throw new AwsError(
        'InvalidExportTimeException',
        'The specified ExportTime is outside of the point in time recovery window',
      )
    const made: ExportRecord = {
      arn: `${table.arn}/export/${id}`,
      status: 'IN_PROGRESS',
      tableArn: table.arn,
      tableId: table.id,
      time,
      startedAt: now,
      bucket: input.S3Bucket ?? '',
      clientToken: token,
      ...(input.S3BucketOwner === undefined ? {} : { bucketOwner: input.S3BucketOwner }),
      ...(input.S3Prefix === undefined ? {} : { prefix: input.S3Prefix }),
      ...(input.S3SseAlgorithm === undefined ? {} : { sse: input.S3SseAlgorithm }),
      ...(input.S3SseKmsKeyId === undefined ? {} : { sseKey: input.S3SseKmsKeyId }),
    }
    exportRecords.put(writer, made, account, region, made.arn)
    return { record: made, items: [...itemsAt(writer, compiled, time)] }
  })
  if (items !== undefined) runJob(state, record.arn, () => write(context, record, fileName, items))
  return { ExportDescription: describeExport(record, true) }
}

async function write(
  { account, region, principal, state }: OperationContext<DynamoDbState>,
  record: ExportRecord,
  fileName: string,
  items: readonly Item[],
): Promise<void> {
  const { objects, clock, store } = state
  const put = (file: { readonly key: string; readonly body: Uint8Array }): Promise<string> =>
    objects.put(principal, record.bucket, file.key, file.body)
  let ended: ExportRecord
  try {
    await put({ key: `${exportFolder(record)}_started`, body: Buffer.alloc(0) })
    const data = dataFile(record, fileName, items)
    const etag = await put(data)
    const bytes = items.reduce((sum, item) => sum + itemSize(item), 0)
    const done = { ...record, endedAt: clock.now() }
    for (const file of manifestFiles(done, { ...data, etag, items: items.length }, bytes)) await put(file)
    const manifest = `${exportFolder(record)}manifest-summary.json`
    ended = { ...done, status: 'COMPLETED', items: items.length, bytes, manifest }
  } catch (error) {
    ended = { ...record, status: 'FAILED', endedAt: clock.now(), failure: failureOf(error) }
  }
  await store.transaction(writer => exportRecords.put(writer, ended, account, region, ended.arn))
}
