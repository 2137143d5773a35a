import { parseKeptText, type Reader } from '../../../stores/index.ts'
import { currentTable, type ObjectRecord, olderVersions } from '../objects/object-record.ts'
import { sequenceOf } from '../objects/version-id.ts'
import { newest } from '../objects/versions.ts'
import { type ListQuery, listKeys } from './list-keys.ts'

/** One version on a page. */
export interface ListedVersion {
  readonly key: string
  readonly record: ObjectRecord
  readonly latest: boolean
}

/** A page of versions: keys in order, of each the newest first. */
export interface VersionPage {
  readonly versions: readonly ListedVersion[]
  readonly prefixes: readonly string[]
  /** Where the next page begins, after this; a common prefix has no version. */
  readonly next: { readonly key: string; readonly version: string | undefined } | undefined
}

/** Reads a page of all versions; with `versionMarker` it goes on inside the key `query.after`. */
export function listVersions(
  reader: Reader,
  query: ListQuery,
  versionMarker: string | undefined,
): VersionPage {
  const versions: ListedVersion[] = []
  const prefixes: string[] = []
  let last: VersionPage['next']
  const full = (): boolean => versions.length + prefixes.length >= query.limit
  const page = (next: VersionPage['next']): VersionPage => ({ versions, prefixes, next })
  if (query.limit === 0) return page(undefined)

  /** Adds a key's versions until the page is full; answers whether it was. */
  const add = (key: string, all: Iterable<ObjectRecord>, top: ObjectRecord | undefined): boolean => {
    for (const record of all) {
      if (full()) return true
      versions.push({ key, record, latest: record.seq === top?.seq })
      last = { key, version: record.version }
    }
    return false
  }

  if (versionMarker !== undefined && query.after !== undefined) {
    const top = newest(reader, query.bucket, query.after)
    const rest = afterVersion(versionsOf(reader, query.bucket, query.after, top), versionMarker)
    if (add(query.after, rest, top)) return page(last)
  }
  // One key more than fits, to know whether there is more.
  const keys = listKeys(reader, currentTable, { ...query, limit: query.limit + 1 }, text =>
    parseKeptText<ObjectRecord>(text),
  )
  for (const line of keys.lines) {
    if (full()) return page(last)
    if ('prefix' in line) {
      prefixes.push(line.prefix)
      last = { key: line.prefix, version: undefined }
    } else if (add(line.key, versionsOf(reader, query.bucket, line.key, line.value), line.value))
      return page(last)
  }
  return page(undefined)
}

function* versionsOf(
  reader: Reader,
  bucket: string,
  key: string,
  top: ObjectRecord | undefined,
): Iterable<ObjectRecord> {
  if (top === undefined) return
  yield top
  yield* olderVersions(reader, bucket, key)
}

/** A version's id tells its place, so the list goes on there even when the version is gone. */
function* afterVersion(all: Iterable<ObjectRecord>, version: string): Iterable<ObjectRecord> {
  const seq = sequenceOf(version)
  let found = false
  for (const record of all) {
    if (seq === undefined ? found : record.seq < seq) yield record
    if (record.version === version) found = true
  }
}
