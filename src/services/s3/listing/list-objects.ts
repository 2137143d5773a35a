import type { _Object, CommonPrefix } from '@aws-sdk/client-s3'
import { parseKept, type Reader } from '../../../stores/index.ts'
import { ownerOf } from '../acl/canonical-id.ts'
import { currentTable, type ObjectRecord } from '../objects/object-record.ts'
import { shownTime } from '../shown-time.ts'
import type { NameWriter } from './encoding.ts'
import { type ListQuery, listKeys } from './list-keys.ts'

/** A page of objects as both versions of ListObjects show it. */
export interface ObjectPage {
  readonly contents: readonly _Object[]
  readonly prefixes: readonly CommonPrefix[]
  /** The last key or common prefix of the page where there is more. */
  readonly last: string | undefined
}

/** Reads a page of the newest versions that are no delete markers. */
export function listObjects(
  reader: Reader,
  query: ListQuery,
  write: NameWriter,
  options: { readonly owner: boolean },
): ObjectPage {
  const page = listKeys(reader, currentTable, query, bytes => {
    const record = parseKept<ObjectRecord>(bytes)
    return record.marker ? undefined : record
  })
  const contents: _Object[] = []
  const prefixes: CommonPrefix[] = []
  for (const line of page.lines) {
    if ('prefix' in line) prefixes.push({ Prefix: write(line.prefix) })
    else contents.push(shownObject(write(line.key), line.value, options.owner))
  }
  return { contents, prefixes, last: page.last }
}

function shownObject(key: string, record: ObjectRecord, owner: boolean): _Object {
  const { checksum } = record
  return {
    Key: key,
    LastModified: shownTime(record.modified),
    ETag: `"${record.etag}"`,
    ...(checksum === undefined
      ? {}
      : { ChecksumAlgorithm: [checksum.algorithm], ChecksumType: checksum.type }),
    Size: record.size,
    ...(owner ? { Owner: ownerOf(record.owner) } : {}),
    StorageClass: (record.storageClass ?? 'STANDARD') as 'STANDARD',
  }
}
