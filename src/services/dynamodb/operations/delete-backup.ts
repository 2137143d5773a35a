import type { DeleteBackupCommandInput, DeleteBackupCommandOutput } from '@aws-sdk/client-dynamodb'
import { backupDescription, backups, parseBackupArn, removeItems, requireBackup } from '../backups.ts'
import type { DynamoDbOperation } from '../state.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteBackup.html */
export const DeleteBackup: DynamoDbOperation<
  DeleteBackupCommandInput,
  Omit<DeleteBackupCommandOutput, '$metadata'>
> = async (context, input) => {
  const arn = input.BackupArn ?? ''
  const backup = await context.state.store.transaction(writer => {
    const found = requireBackup(writer, context, arn)
    const id = parseBackupArn(arn)?.id ?? ''
    removeItems(writer, id)
    backups.remove(writer, context.account, context.region, found.table.name, id)
    return found
  })
  return { BackupDescription: backupDescription(backup, 'DELETED') }
}
