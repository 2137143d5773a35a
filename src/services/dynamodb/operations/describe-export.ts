import type { DescribeExportCommandInput, DescribeExportCommandOutput } from '@aws-sdk/client-dynamodb'
import { describeExport, exportNotFound, exportRecords } from '../exports.ts'
import type { DynamoDbOperation } from '../state.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeExport.html */
export const DescribeExport: DynamoDbOperation<
  DescribeExportCommandInput,
  Omit<DescribeExportCommandOutput, '$metadata'>
> = async ({ state, account, region }, { ExportArn: arn = '' }) => {
  const record = await state.store.read(reader => exportRecords.get(reader, account, region, arn))
  if (record === undefined) throw exportNotFound(arn)
  return { ExportDescription: describeExport(record, state.jobs.has(arn)) }
}
