import {
  type Bytes,
  encodeKey,
  type JsonTable,
  jsonTable,
  keysUnder,
  parseKept,
  type Reader,
  type Writer,
} from '../../../stores/index.ts'
import type { Grant } from '../acl/grant.ts'
import type { StoredChecksum } from '../checksums/algorithm.ts'
import { listedFirst } from './listed-object.ts'

/** A run of an object's bytes: in the store by its number, or a blob. */
export type Piece =
  | { readonly inline: number; readonly size: number }
  | { readonly blob: string; readonly size: number }

/** One part of an object that was uploaded in parts, as GetObjectAttributes and `partNumber` show it. */
export interface ObjectPart {
  readonly number: number
  readonly size: number
  readonly checksum?: string | undefined
}

/** When an object may be deleted. */
export interface Retention {
  readonly mode: 'GOVERNANCE' | 'COMPLIANCE'
  /** Milliseconds since 1970. */
  readonly until: number
}

/** The headers that S3 keeps with an object and gives back, by the model's member. */
export type SystemHeaders = Partial<
  Record<
    'CacheControl' | 'ContentDisposition' | 'ContentEncoding' | 'ContentLanguage' | 'ContentType' | 'Expires',
    string
  >
>

/** One version of an object, or a delete marker; bucket and key are its key. */
export interface ObjectRecord {
  /** `null` where versioning was off. */
  readonly version: string
  /** Grows with every change of the store; sorts versions and is the events' sequencer. */
  readonly seq: number
  /** Milliseconds since 1970. */
  readonly modified: number
  /** The account that wrote it. */
  readonly owner: string
  readonly marker?: true | undefined
  readonly size: number
  /** Without quotes. */
  readonly etag: string
  readonly pieces: readonly Piece[]
  readonly parts?: readonly ObjectPart[] | undefined
  /** The upload that made it, so that a repeated completion is answered alike. */
  readonly upload?: string | undefined
  readonly headers: SystemHeaders
  readonly metadata: Readonly<Record<string, string>>
  readonly redirect?: string | undefined
  /** Absent: STANDARD. */
  readonly storageClass?: string | undefined
  readonly tags?: readonly (readonly [key: string, value: string])[] | undefined
  readonly checksum?: StoredChecksum | undefined
  /** Absent: private. */
  readonly grants?: readonly Grant[] | undefined
  readonly retention?: Retention | undefined
  readonly legalHold?: boolean | undefined
  readonly encryption?: Encryption | undefined
  /** What replication made of it: of a source whether it was copied, or that it is a copy. */
  readonly replication?: 'COMPLETED' | 'FAILED' | 'REPLICA' | undefined
  /** When a restored copy of an archived object goes away. */
  readonly restoredUntil?: number | undefined
}

/** What was asked for; nothing is encrypted here, but everything is answered as if it were. */
export interface Encryption {
  readonly algorithm: string
  readonly kmsKeyId?: string | undefined
  readonly context?: string | undefined
  readonly bucketKey?: boolean | undefined
  /** The customer's own key, as its MD5. */
  readonly customerKeyMD5?: string | undefined
}

/** The newest version of each key, delete markers included; key: bucket, key. */
export const currentTable = 's3/object'
/** Older versions, newest first; key: bucket, key, minus the sequence number. Where there is one there is a newest. */
export const olderTable = 's3/version'

const currentRecords = jsonTable<ObjectRecord>(currentTable)
export const current: JsonTable<ObjectRecord> = {
  ...currentRecords,
  put: (writer, record, ...key) => currentRecords.put(writer, listedFirst(record), ...key),
}
export const older = jsonTable<ObjectRecord>(olderTable)

/** Small bodies; key: number of the piece. */
const bodyTable = 's3/body'
/** How many records refer to a blob; key: its id. */
const references = jsonTable<number>('s3/blob')

/** The bytes of a small piece. */
export function inlineBytes(reader: Reader, inline: number): Bytes {
  const bytes = reader.get(bodyTable, encodeKey(inline))
  if (bytes === undefined) throw new Error(`the store has lost the body ${inline}`)
  return bytes
}

/** Keeps the bytes of a small piece. */
export function putInline(writer: Writer, inline: number, bytes: Bytes): void {
  writer.put(bodyTable, encodeKey(inline), bytes)
}

/** Says that one more record refers to a blob. */
export function refer(writer: Writer, blob: string): void {
  references.put(writer, (references.get(writer, blob) ?? 0) + 1, blob)
}

/** Whether a record refers to a blob; the sweep at the start asks. */
export function isReferred(reader: Reader, blob: string): boolean {
  return references.get(reader, blob) !== undefined
}

/** Lets pieces go; answers the blobs to which nobody refers any more. */
export function release(writer: Writer, pieces: readonly Piece[]): string[] {
  const freed: string[] = []
  for (const piece of pieces) {
    if ('inline' in piece) writer.remove(bodyTable, encodeKey(piece.inline))
    else {
      const count = (references.get(writer, piece.blob) ?? 1) - 1
      if (count > 0) references.put(writer, count, piece.blob)
      else {
        references.remove(writer, piece.blob)
        freed.push(piece.blob)
      }
    }
  }
  return freed
}

/** The versions of a key that are not the newest, newest first. */
export function* olderVersions(reader: Reader, bucket: string, key: string): Iterable<ObjectRecord> {
  for (const { value } of reader.range(olderTable, keysUnder(bucket, key)))
    yield parseKept<ObjectRecord>(value)
}
