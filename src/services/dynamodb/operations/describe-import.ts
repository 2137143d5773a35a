import type { DescribeImportCommandInput, DescribeImportCommandOutput } from '@aws-sdk/client-dynamodb'
import { AwsError } from '../../../aws/index.ts'
import { describeImport, importRecords } from '../imports.ts'
import type { DynamoDbOperation } from '../state.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeImport.html */
export const DescribeImport: DynamoDbOperation<
  DescribeImportCommandInput,
  Omit<DescribeImportCommandOutput, '$metadata'>
> = async ({ state, account, region }, { ImportArn: arn = '' }) => {
  const record = await state.store.read(reader => importRecords.get(reader, account, region, arn))
  if (record === undefined) throw new AwsError('ImportNotFoundException', `Import not found: ${arn}`)
  return { ImportTableDescription: describeImport(record, state.jobs.has(arn)) }
}
