import type { _Object, CommonPrefix } from '@aws-sdk/client-s3'
import type { Reader } from '../../../stores/index.ts'
import { ownerOf } from '../acl/canonical-id.ts'
import { type ListedObject, listedObject, wholeObject } from '../objects/listed-object.ts'
import { currentTable } from '../objects/object-record.ts'
import { restoreStatus } from '../objects/restore-status.ts'
import { shownTime } from '../shown-time.ts'
import type { NameWriter } from './encoding.ts'
import { type ListQuery, listKeys } from './list-keys.ts'

/** An object of a list; members that are undefined are not written. */
type Shown = { readonly [Member in keyof _Object]: _Object[Member] | undefined }

/** A page of objects as both versions of ListObjects show it. */
export interface ObjectPage {
  readonly contents: readonly Shown[]
  readonly prefixes: readonly CommonPrefix[]
  /** The last key or common prefix of the page where there is more. */
  readonly last: string | undefined
}

/** Reads a page of the newest versions that are no delete markers. */
export function listObjects(
  reader: Reader,
  query: ListQuery,
  write: NameWriter,
  options: { readonly owner: boolean; readonly attributes?: readonly string[] | undefined },
): ObjectPage {
  // Who asks for more than the front of a record tells has it read whole.
  const restored = options.attributes?.includes('RestoreStatus') ?? false
  const page = listKeys(reader, currentTable, query, restored ? wholeObject : listedObject)
  const contents: Shown[] = []
  const prefixes: CommonPrefix[] = []
  for (const line of page.lines) {
    if ('prefix' in line) prefixes.push({ Prefix: write(line.prefix) })
    else {
      const shown = shownObject(write(line.key), line.value, options.owner)
      contents.push(restored ? { ...shown, ...restoreStatus(line.value) } : shown)
    }
  }
  return { contents, prefixes, last: page.last }
}

/** In one literal: a spread for each member that may be missing took longer than the rest. */
function shownObject(key: string, object: ListedObject, owner: boolean): Shown {
  const { checksum } = object
  return {
    Key: key,
    LastModified: shownTime(object.modified),
    ETag: `"${object.etag}"`,
    ChecksumAlgorithm: checksum && [checksum.algorithm],
    ChecksumType: checksum?.type,
    Size: object.size,
    Owner: owner ? ownerOf(object.owner) : undefined,
    StorageClass: (object.storageClass ?? 'STANDARD') as 'STANDARD',
  }
}
