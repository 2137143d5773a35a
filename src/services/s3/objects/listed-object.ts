import { parseKeptText } from '../../../stores/index.ts'
import type { StoredChecksum } from '../checksums/algorithm.ts'
import type { ObjectRecord } from './object-record.ts'

/** What a list shows of an object. */
export interface ListedObject
  extends Pick<ObjectRecord, 'modified' | 'owner' | 'size' | 'etag' | 'storageClass' | 'restoredUntil'> {
  readonly checksum?: Pick<StoredChecksum, 'algorithm' | 'type'> | undefined
}

/** The same record with what lists show in front, in the order in which `listedObject` looks for it. */
export function listedFirst(record: ObjectRecord): ObjectRecord {
  const { marker, modified, owner, size, etag, storageClass, checksum, ...rest } = record
  return { marker, modified, owner, size, etag, storageClass, checksum, ...rest }
}

/** The front of a record that is no delete marker, as JSON, if no text in it has an escaped character. */
const front =
  /^\{"modified":(\d+),"owner":"(\d+)","size":(\d+),"etag":"([^"\\]*)"(?:,"storageClass":"(\w+)")?(?:,"checksum":\{"algorithm":"(\w+)","value":"[^"\\]*","type":"(\w+)"\})?,"version":/

/**
 * Reads what a list shows out of a record's JSON, given as one character for each byte; undefined for a delete marker. A
 * list reads a thousand records, and to parse them whole was most of its work.
 */
export function listedObject(json: string): ListedObject | undefined {
  const found = front.exec(json)
  if (found === null) return wholeObject(json)
  const [, modified, owner = '', size, etag = '', storageClass, algorithm, type] = found
  return {
    modified: Number(modified),
    owner,
    size: Number(size),
    etag,
    storageClass,
    checksum: algorithm === undefined ? undefined : ({ algorithm, type } as StoredChecksum),
  }
}

/** The same, of a record that is parsed whole. */
export function wholeObject(json: string): ListedObject | undefined {
  const record = parseKeptText<ObjectRecord>(json)
  return record.marker ? undefined : record
}
