import { Buffer } from 'node:buffer'
import { encodeKey, type Reader, type Writer } from '../../stores/index.ts'
import { keepHistory } from './history.ts'
import { type ItemChange, isUnchanged, keyOf } from './items.ts'
import type { StreamViewType, Table } from './table.ts'
import type { Item } from './values/attribute-value.ts'
import { itemSize } from './values/item-size.ts'
import { partitionHash } from './values/partition-hash.ts'

/** The store's table of stream records, by stream, shard and sequence number. */
export const recordsTable = 'dynamodb/records'
/** The store's table that holds the last sequence number of each stream. */
export const sequencesTable = 'dynamodb/sequences'

/** The store's table of the last sequence number that was removed from each shard. */
export const trimsTable = 'dynamodb/trims'

/** One change as the stream keeps it, in the order of members that AWS answers. */
export interface StreamRecord {
  readonly eventID: string
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE'
  readonly dynamodb: {
    /** Seconds since 1970. */
    readonly ApproximateCreationDateTime: number
    readonly Keys: Item
    readonly NewImage?: Item
    readonly OldImage?: Item
    readonly SequenceNumber: string
    readonly SizeBytes: number
    readonly StreamViewType: StreamViewType
  }
  /** Set for items that time to live removed. */
  readonly userIdentity?: { readonly type: 'Service'; readonly principalId: 'dynamodb.amazonaws.com' }
}

/** Who and when of a change. */
export interface ChangeOrigin {
  /** Milliseconds since 1970. */
  readonly now: number
  /** 32 hex digits. */
  readonly eventId: string
  readonly isExpiry?: boolean
}

/** Appends a change to its table's history and stream, in the transaction that writes the item; answers whether there was one. */
export function appendRecord(
  writer: Writer,
  table: Table,
  change: ItemChange,
  origin: ChangeOrigin,
): boolean {
  if (table.keepsHistory) keepHistory(writer, table, change, origin.now)
  const { stream } = table
  if (stream === undefined || isUnchanged(change)) return false
  const item = change.after ?? change.before
  if (item === undefined) return false
  const sequence = nextSequence(writer, stream.arn)
  const shard = stream.shards === 1 ? 0 : shardOf(table, item) % stream.shards
  const record = recordOf(table, stream.viewType, change, item, sequence, origin)
  writer.put(
    recordsTable,
    encodeKey(stream.arn, shard, record.dynamodb.SequenceNumber),
    Buffer.from(JSON.stringify(record)),
  )
  return true
}

/** What an item's shard is made of. */
function shardOf(table: Table, item: Item): number {
  const name = table.key.hash[0]?.name ?? ''
  const value = item[name]
  if (value === undefined) throw new Error('an item has its partition key')
  return partitionHash(value).charCodeAt(0)
}

/** 21 digits, as AWS writes them at the shortest; zeros in front would not be a number. */
export const formatSequence = (sequence: number): string =>
  String(100_000_000_000_000_000_000n + BigInt(sequence))

/** The last sequence number that a stream's records got, in all shards, or undefined. */
export function newestSequence(reader: Reader, streamArn: string): string | undefined {
  const bytes = reader.get(sequencesTable, encodeKey(streamArn))
  return bytes === undefined ? undefined : Buffer.from(bytes).toString('hex')
}

function nextSequence(writer: Writer, streamArn: string): number {
  const key = encodeKey(streamArn)
  const bytes = writer.get(sequencesTable, key)
  const next =
    bytes === undefined
      ? 1
      : Number(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).readBigUInt64BE()) + 1
  const stored = Buffer.alloc(8)
  stored.writeBigUInt64BE(BigInt(next))
  writer.put(sequencesTable, key, stored)
  return next
}

function recordOf(
  table: Table,
  viewType: StreamViewType,
  { before, after }: ItemChange,
  item: Item,
  sequence: number,
  origin: ChangeOrigin,
): StreamRecord {
  const keys = keyOf(table, item)
  const showsNew = after !== undefined && (viewType === 'NEW_IMAGE' || viewType === 'NEW_AND_OLD_IMAGES')
  const showsOld = before !== undefined && (viewType === 'OLD_IMAGE' || viewType === 'NEW_AND_OLD_IMAGES')
  return {
    eventID: origin.eventId,
    eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(origin.now / 1000),
      Keys: keys,
      ...(showsNew ? { NewImage: after } : {}),
      ...(showsOld ? { OldImage: before } : {}),
      SequenceNumber: formatSequence(sequence),
      SizeBytes: itemSize(keys) + (showsNew ? itemSize(after) : 0) + (showsOld ? itemSize(before) : 0),
      StreamViewType: viewType,
    },
    ...(origin.isExpiry ? { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } } : {}),
  }
}
