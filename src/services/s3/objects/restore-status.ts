import type { RestoreStatus } from '@aws-sdk/client-s3'
import type { ObjectRecord } from './object-record.ts'

/** What lists say of an archived object's restored copy, to who asks. https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreStatus.html */
export function restoreStatus({ restoredUntil }: Pick<ObjectRecord, 'restoredUntil'>): {
  readonly RestoreStatus?: RestoreStatus
} {
  return restoredUntil === undefined
    ? {}
    : { RestoreStatus: { IsRestoreInProgress: false, RestoreExpiryDate: new Date(restoredUntil) } }
}
