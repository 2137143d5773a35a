import { jsonTable } from '../../../stores/index.ts'
import { findBucket } from '../buckets/bucket.ts'
import { type Change, change } from '../change.ts'
import { findVersion, rewrite } from '../objects/versions.ts'
import { serviceContext } from '../service-context.ts'
import type { S3State } from '../state.ts'

/** Restored copies of archived objects by the time that they go away; key: time, bucket, key, version. */
const restored = jsonTable<true>('s3/restored')

/** Remembers that a restored copy goes away. */
export function remindOfRestored(
  { writer }: Change,
  until: number,
  bucket: string,
  key: string,
  version: string,
): void {
  restored.put(writer, true, until, bucket, key, version)
}

/** Lets restored copies go whose time has come. */
export async function dropRestored(state: S3State): Promise<void> {
  const now = state.clock.now()
  const due = await state.store.read(reader => {
    const keys = Array.from(restored.under(reader), ([key]) => key)
    return keys.filter(([until]) => Number(until) <= now)
  })
  for (const key of due) {
    const [until, bucketName, name, version] = [
      Number(key[0]),
      String(key[1]),
      String(key[2]),
      String(key[3]),
    ]
    const bucket = await state.store.read(reader => findBucket(reader, bucketName))
    await change(serviceContext(state, bucket ?? { account: '', region: '' }), change => {
      restored.remove(change.writer, ...key)
      const record = findVersion(change.writer, bucketName, name, version)
      if (bucket === undefined || record?.restoredUntil !== until) return
      const { restoredUntil: _, ...rest } = record
      rewrite(change, bucketName, name, rest)
      change.tell(bucket, 'ObjectRestore:Delete', {
        key: name,
        eTag: record.etag,
        seq: change.sequence(),
        reason: 'ObjectRestore Expired',
        ...(version === 'null' ? {} : { versionId: version }),
      })
    })
  }
}
