import type { CreateBackupCommandInput, CreateBackupCommandOutput } from '@aws-sdk/client-dynamodb'
import { type BackupRecord, backupDetails, backups, copyItems } from '../backups.ts'
import { checkTableName } from '../check-table-name.ts'
import { requireRecord } from '../require-record.ts'
import type { DynamoDbOperation } from '../state.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateBackup.html */
export const CreateBackup: DynamoDbOperation<
  CreateBackupCommandInput,
  Omit<CreateBackupCommandOutput, '$metadata'>
> = async (context, input) => {
  checkTableName(input.TableName)
  const id = `${String(context.now).padStart(14, '0')}-${context.newId().slice(0, 8)}`
  const backup = await context.state.store.transaction(writer => {
    const { record, table } = requireRecord(writer, context, input.TableName)
    const made: BackupRecord = {
      arn: `${record.arn}/backup/${id}`,
      name: input.BackupName ?? '',
      createdAt: context.now,
      table: record,
      ...copyItems(writer, table, id),
    }
    backups.put(writer, made, context.account, context.region, record.name, id)
    return made
  })
  return { BackupDetails: backupDetails(backup, 'CREATING') }
}
