import type { ListBackupsCommandInput, ListBackupsCommandOutput } from '@aws-sdk/client-dynamodb'
import { backupDetails, backups } from '../backups.ts'
import type { DynamoDbOperation } from '../state.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListBackups.html */
export const ListBackups: DynamoDbOperation<
  ListBackupsCommandInput,
  Omit<ListBackupsCommandOutput, '$metadata'>
> = async ({ state, account, region }, input) => {
  const all = await state.store.read(reader =>
    [...backups.under(reader, account, region)].map(([, one]) => one),
  )
  const [lower, upper] = [input.TimeRangeLowerBound?.getTime() ?? 0, input.TimeRangeUpperBound?.getTime()]
  const wanted = all.filter(
    one =>
      (input.TableName === undefined ||
        one.table.name === input.TableName ||
        one.table.arn === input.TableName) &&
      one.createdAt >= lower &&
      (upper === undefined || one.createdAt < upper) &&
      (input.BackupType === undefined || input.BackupType === 'USER' || input.BackupType === 'ALL'),
  )
  const from = wanted.findIndex(one => one.arn === input.ExclusiveStartBackupArn) + 1
  const page = wanted.slice(from, from + (input.Limit ?? 100))
  const last = page.at(-1)
  return {
    BackupSummaries: page.map(one => ({
      TableName: one.table.name,
      TableId: one.table.id,
      TableArn: one.table.arn,
      ...backupDetails(one),
    })),
    ...(from + page.length < wanted.length && last !== undefined ? { LastEvaluatedBackupArn: last.arn } : {}),
  }
}
