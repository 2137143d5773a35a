import { Buffer } from 'node:buffer'
import type { BackupDetails } from '@aws-sdk/client-dynamodb'
import { AwsError } from '../../aws/index.ts'
import { jsonTable, type Reader, type Writer } from '../../stores/index.ts'
import { throughputOf } from './index-record.ts'
import { itemFromBytes, sizeFromBytes } from './item-text.ts'
import { prefixRange } from './key-range.ts'
import { itemsTable, tablePrefix } from './row-keys.ts'
import type { Table } from './table.ts'
import type { TableRecord } from './table-record.ts'
import type { Item } from './values/attribute-value.ts'

/** A backup as it is kept beside its items. */
export interface BackupRecord {
  readonly arn: string
  readonly name: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
  readonly items: number
  readonly bytes: number
  /** The table as it was. */
  readonly table: TableRecord
}

/** Backups by account, region, table's name and id. */
export const backups = jsonTable<BackupRecord>('dynamodb/backups')
/** The store's table of items of backups: digits of the id, then the item's row key. */
const backupItems = 'dynamodb/backup-items'

interface Owner {
  readonly account: string
  readonly region: string
}

/** `…:table/NAME/backup/ID`, or undefined. */
export function parseBackupArn(arn: string): { readonly table: string; readonly id: string } | undefined {
  const match = /^arn:[^:]+:dynamodb:[^:]*:[^:]*:table\/([^/]+)\/backup\/([^/]+)$/.exec(arn)
  return match === null ? undefined : { table: match[1] ?? '', id: match[2] ?? '' }
}

/** The backup of that ARN. */
export function requireBackup(reader: Reader, { account, region }: Owner, arn: string): BackupRecord {
  const parsed = parseBackupArn(arn)
  const found =
    parsed === undefined ? undefined : backups.get(reader, account, region, parsed.table, parsed.id)
  if (found === undefined) throw new AwsError('BackupNotFoundException', `Backup not found: ${arn}`)
  return found
}

/** Copies a table's items; answers how many and how large they are. */
export function copyItems(writer: Writer, table: Table, id: string): { items: number; bytes: number } {
  let [items, bytes] = [0, 0]
  for (const { key, value } of writer.range(itemsTable, prefixRange(tablePrefix(table)))) {
    writer.put(backupItems, `${id} ${Buffer.from(key).toString('latin1')}`, value)
    items++
    bytes += sizeFromBytes(value)
  }
  return { items, bytes }
}

/** The items of a backup. */
export function* itemsOf(reader: Reader, id: string): Iterable<Item> {
  for (const { value } of reader.range(backupItems, prefixRange(`${id} `))) yield itemFromBytes(value)
}

/** Removes a backup's items. */
export function removeItems(writer: Writer, id: string): void {
  for (const { key } of [...writer.range(backupItems, prefixRange(`${id} `))]) writer.remove(backupItems, key)
}

/** A backup as operations answer it. */
export function backupDetails(
  backup: BackupRecord,
  status: 'CREATING' | 'AVAILABLE' | 'DELETED' = 'AVAILABLE',
): BackupDetails {
  return {
    BackupArn: backup.arn,
    BackupName: backup.name,
    BackupSizeBytes: backup.bytes,
    BackupStatus: status,
    BackupType: 'USER',
    BackupCreationDateTime: new Date(backup.createdAt),
  }
}

/** A backup together with the table that it was made of. */
export function backupDescription(backup: BackupRecord, status?: 'DELETED') {
  const { table } = backup
  return {
    BackupDetails: backupDetails(backup, status),
    SourceTableDetails: {
      TableName: table.name,
      TableId: table.id,
      TableArn: table.arn,
      TableSizeBytes: backup.bytes,
      KeySchema: table.keySchema.map(element => ({ ...element })),
      TableCreationDateTime: new Date(table.createdAt),
      ProvisionedThroughput: throughputOf(table.throughput),
      ItemCount: backup.items,
      BillingMode: table.billingMode,
    },
    SourceTableFeatureDetails: {
      ...(table.timeToLive?.isEnabled
        ? {
            TimeToLiveDescription: {
              TimeToLiveStatus: 'ENABLED' as const,
              AttributeName: table.timeToLive.attribute,
            },
          }
        : {}),
      ...(table.stream?.isEnabled
        ? { StreamDescription: { StreamEnabled: true, StreamViewType: table.stream.viewType } }
        : {}),
    },
  }
}
