import type { ContinuousBackupsDescription } from '@aws-sdk/client-dynamodb'
import type { TableRecord } from './table-record.ts'

/** A table's continuous backups as DescribeContinuousBackups answers them. */
export function continuousBackups(
  { pointInTimeRecovery }: TableRecord,
  now: number,
): ContinuousBackupsDescription {
  return {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription:
      pointInTimeRecovery === undefined
        ? { PointInTimeRecoveryStatus: 'DISABLED' }
        : {
            PointInTimeRecoveryStatus: 'ENABLED',
            RecoveryPeriodInDays: pointInTimeRecovery.periodInDays,
            EarliestRestorableDateTime: new Date(earliest(pointInTimeRecovery, now)),
            LatestRestorableDateTime: new Date(now),
          },
  }
}

/** How far back a table can be restored, in milliseconds since 1970. */
export function earliest(
  { enabledAt, periodInDays }: { readonly enabledAt: number; readonly periodInDays: number },
  now: number,
): number {
  return Math.max(enabledAt, now - periodInDays * 24 * 60 * 60 * 1000)
}
