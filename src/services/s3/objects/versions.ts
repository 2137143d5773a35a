import type { Ids } from '../../../ports/index.ts'
import type { Reader } from '../../../stores/index.ts'
import { type BucketRecord, buckets } from '../buckets/bucket-record.ts'
import type { Change } from '../change.ts'
import { invalidArgument, noSuchVersion } from '../errors.ts'
import { current, type ObjectRecord, older, olderVersions } from './object-record.ts'
import { isOurs, sequencedId, sequenceOf } from './version-id.ts'

/** Whether the bucket keeps old versions when an object is written or deleted. */
export const isVersioned = (bucket: BucketRecord): boolean => bucket.versioning === 'Enabled'

/** The newest version of a key, a delete marker or not. */
export function newest(reader: Reader, bucket: string, key: string): ObjectRecord | undefined {
  return current.get(reader, bucket, key)
}

/** One version by the id that a client gave; undefined where the key has none such, or has it no more. */
export function findNamedVersion(
  reader: Reader,
  bucket: string,
  key: string,
  version: string,
): ObjectRecord | undefined {
  const record = findVersion(reader, bucket, key, checkVersionId(version))
  if (record === undefined && version !== 'null' && !isOurs(version)) throw invalidVersion(version)
  return record
}

/** One version by its id; undefined where the key has none such. */
export function findVersion(
  reader: Reader,
  bucket: string,
  key: string,
  version: string,
): ObjectRecord | undefined {
  const top = current.get(reader, bucket, key)
  if (top === undefined || top.version === version) return top
  if (version === 'null') {
    for (const record of olderVersions(reader, bucket, key)) if (record.version === 'null') return record
    return undefined
  }
  const seq = sequenceOf(version)
  const record = seq === undefined ? undefined : older.get(reader, bucket, key, -seq)
  return record?.version === version ? record : undefined
}

/** One version by its id, as an operation names it. */
export function requireVersion(reader: Reader, bucket: string, key: string, version: string): ObjectRecord {
  const record = findNamedVersion(reader, bucket, key, version)
  if (record === undefined) throw noSuchVersion(key, version)
  return record
}

/** Refuses text that cannot be a version's id. */
export function checkVersionId(version: string): string {
  if (version === '') throw invalidArgument('Version id cannot be the empty string', 'versionId', '')
  if (version !== 'null' && sequenceOf(version) === undefined) throw invalidVersion(version)
  return version
}

const invalidVersion = (version: string) =>
  invalidArgument('Invalid version id specified', 'versionId', version)

/** The id that a new version of an object gets. */
export function newVersionId(bucket: BucketRecord, ids: Ids, seq: number): string {
  return isVersioned(bucket) ? sequencedId(ids, seq) : 'null'
}

/** What answers and events call a version: nothing while versioning was never on. */
export function shownVersion(
  bucket: BucketRecord,
  record: Pick<ObjectRecord, 'version'>,
): string | undefined {
  return bucket.versioning === undefined ? undefined : record.version
}

/** Makes a record the newest version of its key; what it replaces goes, or becomes an older version. */
export function putNewest(
  change: Change,
  bucket: BucketRecord,
  key: string,
  record: ObjectRecord,
  before = current.get(change.writer, bucket.name, key),
): void {
  const { writer } = change
  if (record.version === 'null') removeNull(change, bucket, key, before)
  if (before !== undefined && before.version !== record.version)
    older.put(writer, before, bucket.name, key, -before.seq)
  current.put(writer, record, bucket.name, key)
  if (record.owner !== bucket.account && bucket.strangers !== true)
    buckets.put(writer, { ...bucket, strangers: true }, bucket.name)
}

/** There is one null version at most. */
function removeNull(
  change: Change,
  bucket: BucketRecord,
  key: string,
  before: ObjectRecord | undefined,
): void {
  if (before === undefined) return
  if (before.version === 'null') {
    change.free(before.pieces)
    return
  }
  for (const record of olderVersions(change.writer, bucket.name, key)) {
    if (record.version !== 'null') continue
    older.remove(change.writer, bucket.name, key, -record.seq)
    change.free(record.pieces)
    return
  }
}

/** Rewrites a version in place: its tags, its ACL, its retention. */
export function rewrite(change: Change, bucket: string, key: string, record: ObjectRecord): void {
  const top = current.get(change.writer, bucket, key)
  if (top?.seq === record.seq) current.put(change.writer, record, bucket, key)
  else older.put(change.writer, record, bucket, key, -record.seq)
}

/** Removes one version for good; the next older one becomes the newest. */
export function removeVersion(change: Change, bucket: string, key: string, record: ObjectRecord): void {
  const { writer } = change
  const top = current.get(writer, bucket, key)
  change.free(record.pieces)
  if (top?.seq !== record.seq) {
    older.remove(writer, bucket, key, -record.seq)
    return
  }
  const [next] = olderVersions(writer, bucket, key)
  if (next === undefined) current.remove(writer, bucket, key)
  else {
    older.remove(writer, bucket, key, -next.seq)
    current.put(writer, next, bucket, key)
  }
}
