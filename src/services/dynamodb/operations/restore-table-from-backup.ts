import type {
  RestoreTableFromBackupCommandInput,
  RestoreTableFromBackupCommandOutput,
} from '@aws-sdk/client-dynamodb'
import { itemsOf, parseBackupArn, requireBackup } from '../backups.ts'
import { restoreTable } from '../restore-table.ts'
import type { DynamoDbOperation } from '../state.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableFromBackup.html */
export const RestoreTableFromBackup: DynamoDbOperation<
  RestoreTableFromBackupCommandInput,
  Omit<RestoreTableFromBackupCommandOutput, '$metadata'>
> = async (context, input) => {
  const arn = input.BackupArn ?? ''
  const id = context.newId()
  const description = await context.state.store.transaction(writer => {
    const backup = requireBackup(writer, context, arn)
    return restoreTable(
      writer,
      context,
      backup.table,
      input,
      { id, backupArn: arn },
      itemsOf(writer, parseBackupArn(arn)?.id ?? ''),
    )
  })
  context.emit({ type: 'TableChanged', detail: { table: input.TargetTableName } })
  await context.state.tableMade(input.TargetTableName ?? '')
  return { TableDescription: description }
}
