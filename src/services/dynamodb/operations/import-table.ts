import type { ImportTableCommandInput, ImportTableCommandOutput } from '@aws-sdk/client-dynamodb'
import { AwsError, type OperationContext } from '../../../aws/index.ts'
import { itemsOfFile } from '../import-items.ts'
import { describeImport, type ImportRecord, importRecords } from '../imports.ts'
import { failureOf, jobId, runJob } from '../jobs.ts'
import { type DynamoDbOperation, type DynamoDbState, findTable } from '../state.ts'
import type { Table } from '../table.ts'
import type { Item } from '../values/attribute-value.ts'
import { originOf, writeItem } from '../write-item.ts'
import { CreateTable } from './create-table.ts'

/** Items that one transaction writes. */
const writtenAtOnce = 500

/**
 * Makes a table of the files below a prefix. It can be used at once; on AWS it is CREATING until all is imported.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ImportTable.html
 */
export const ImportTable: DynamoDbOperation<
  ImportTableCommandInput,
  Omit<ImportTableCommandOutput, '$metadata'>
> = async (context, input) => {
  const { account, region, now, state } = context
  const unsupported = (what: string): AwsError =>
    new AwsError('NotImplemented', `Lambdarium does not import ${what}`, { statusCode: 501 })
  if (input.InputFormat === 'ION') throw unsupported('ION, only DYNAMODB_JSON and CSV')
  if (input.InputCompressionType === 'ZSTD') throw unsupported('ZSTD, only GZIP and NONE')
  const token = input.ClientToken ?? context.newId()
  const { ClientToken: _, ...asked } = input
  const known = await state.store.read(reader =>
    [...importRecords.under(reader, account, region)].find(([, one]) => one.clientToken === token),
  )
  if (known !== undefined) {
    const [, record] = known
    if (JSON.stringify(record.input) !== JSON.stringify(asked))
      throw new AwsError(
        'ImportConflictException',
        `Import with client token ${token} already exists with different parameters`,
      )
    return { ImportTableDescription: describeImport(record, state.jobs.has(record.arn)) }
  }
  const { TableDescription } = await CreateTable(
    context,
    input.TableCreationParameters as Parameters<typeof CreateTable>[1],
  )
  const { TableArn: tableArn = '', TableId: tableId = '' } = TableDescription ?? {}
  const record: ImportRecord = {
    arn: `${tableArn}/import/${jobId(now, context.newId())}`,
    status: 'IN_PROGRESS',
    tableArn,
    tableId,
    clientToken: token,
    input: asked,
    startedAt: now,
    errors: 0,
    processedItems: 0,
    processedBytes: 0,
    importedItems: 0,
  }
  const keep = (one: ImportRecord): Promise<void> =>
    state.store.transaction(writer => importRecords.put(writer, one, account, region, one.arn))
  await keep(record)
  runJob(state, record.arn, async () => keep(await importAll(context, record)))
  return { ImportTableDescription: describeImport(record, true) }
}

/** Reads every file and writes its items; an item that is none is counted and passed over. */
async function importAll(
  context: OperationContext<DynamoDbState>,
  record: ImportRecord,
): Promise<ImportRecord> {
  const { objects, clock } = context.state
  const { input } = record
  const { S3Bucket: bucket = '', S3KeyPrefix: prefix = '' } = input.S3BucketSource ?? {}
  let [errors, processedItems, processedBytes, importedItems] = [0, 0, 0, 0]
  const counts = () => ({ errors, processedItems, processedBytes, importedItems })
  try {
    const name = input.TableCreationParameters?.TableName ?? ''
    // Also while it is CREATING: nobody else can write into it then.
    const table = await context.state.store.read(reader => findTable(reader, context, name)?.table)
    if (table === undefined) throw new Error('the table was deleted')
    for (const key of await objects.keys(context.principal, bucket, prefix)) {
      const bytes = await objects.get(context.principal, bucket, key)
      processedBytes += bytes.byteLength
      let waiting: Item[] = []
      const flush = async (): Promise<void> => {
        await writeAll(context, table, waiting)
        importedItems += waiting.length
        waiting = []
      }
      for (const item of itemsOfFile(bytes, input, table)) {
        processedItems++
        if (item instanceof Error) errors++
        else if (waiting.push(item) === writtenAtOnce) await flush()
      }
      await flush()
    }
    return { ...record, ...counts(), status: 'COMPLETED', endedAt: clock.now() }
  } catch (error) {
    return { ...record, ...counts(), status: 'FAILED', endedAt: clock.now(), failure: failureOf(error) }
  }
}

/** Items are in no stream: the table is new. */
async function writeAll(
  context: OperationContext<DynamoDbState>,
  table: Table,
  items: readonly Item[],
): Promise<void> {
  const origin = originOf(context)
  await context.state.store.transaction(writer => {
    for (const item of items) {
      const write = { table, key: item, condition: undefined, showsItem: false, isBlind: true }
      writeItem(writer, { ...write, next: () => item }, origin)
    }
  })
}
