import type {
  DescribeContinuousBackupsCommandInput,
  DescribeContinuousBackupsCommandOutput,
} from '@aws-sdk/client-dynamodb'
import { continuousBackups } from '../continuous-backups.ts'
import { requireRecord } from '../require-record.ts'
import type { DynamoDbOperation } from '../state.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html */
export const DescribeContinuousBackups: DynamoDbOperation<
  DescribeContinuousBackupsCommandInput,
  Omit<DescribeContinuousBackupsCommandOutput, '$metadata'>
> = async (context, input) => {
  const { record } = await context.state.store.read(reader => requireRecord(reader, context, input.TableName))
  return { ContinuousBackupsDescription: continuousBackups(record, context.now) }
}
