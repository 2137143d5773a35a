import type {
  UpdateContinuousBackupsCommandInput,
  UpdateContinuousBackupsCommandOutput,
} from '@aws-sdk/client-dynamodb'
import { continuousBackups } from '../continuous-backups.ts'
import { validationException } from '../errors.ts'
import { forgetHistory } from '../history.ts'
import { requireRecord } from '../require-record.ts'
import type { DynamoDbOperation } from '../state.ts'
import { putRecord } from '../tagged-table.ts'

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateContinuousBackups.html */
export const UpdateContinuousBackups: DynamoDbOperation<
  UpdateContinuousBackupsCommandInput,
  Omit<UpdateContinuousBackupsCommandOutput, '$metadata'>
> = async (context, input) => {
  const { PointInTimeRecoveryEnabled: isEnabled, RecoveryPeriodInDays: asked } =
    input.PointInTimeRecoverySpecification ?? {}
  if (!isEnabled && asked !== undefined)
    throw validationException(
      'Invalid Request: Cannot specify RecoveryPeriodInDays when disabling point-in-time recovery.',
    )
  const days = asked ?? 35
  const record = await context.state.store.transaction(writer => {
    const { record: before, table } = requireRecord(writer, context, input.TableName)
    const { pointInTimeRecovery: known, ...rest } = before
    if (!isEnabled) forgetHistory(writer, table)
    const recovery = { enabledAt: known?.enabledAt ?? context.now, periodInDays: days }
    const after = isEnabled ? { ...rest, pointInTimeRecovery: recovery } : rest
    putRecord(writer, context, after)
    return after
  })
  return { ContinuousBackupsDescription: continuousBackups(record, context.now) }
}
