import type { DescribeBackupCommandInput, DescribeBackupCommandOutput } from '@aws-sdk/client-dynamodb'
import { backupDescription, requireBackup } from '../backups.ts'
import type { DynamoDbOperation } from '../state.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeBackup.html */
export const DescribeBackup: DynamoDbOperation<
  DescribeBackupCommandInput,
  Omit<DescribeBackupCommandOutput, '$metadata'>
> = async (context, input) => ({
  BackupDescription: backupDescription(
    await context.state.store.read(reader => requireBackup(reader, context, input.BackupArn ?? '')),
  ),
})
