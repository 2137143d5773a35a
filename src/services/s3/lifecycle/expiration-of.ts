import type { Reader } from '../../../stores/index.ts'
import { configuration } from '../buckets/configuration.ts'
import type { ObjectRecord } from '../objects/object-record.ts'
import { expirationHeader, type StoredLifecycle } from './lifecycle-rules.ts'

/** The member `Expiration` of answers about an object's newest version: when a rule lets it go, and which. */
export function expirationOf(
  reader: Reader,
  bucket: string,
  key: string,
  { size, tags, modified }: ObjectRecord,
): { readonly Expiration?: string } {
  const lifecycle = configuration<StoredLifecycle>(reader, bucket, 'lifecycle')
  const header = expirationHeader(lifecycle, { key, size, tags }, modified)
  return header === undefined ? {} : { Expiration: header }
}
