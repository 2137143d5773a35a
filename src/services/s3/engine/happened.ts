import type { Engine, EngineReply } from './engine.ts'
import { headObject } from './head-object.ts'
import type { Intent } from './intents.ts'
import type { Happened } from './settle-intent.ts'
import { elements, elementText, plainTag, type SmallReply } from './small-reply.ts'

/** A version id as events have it: none for the null version. */
const versionOf = (id: string | undefined): { versionId?: string } =>
  id === undefined || id === '' || id === 'null' ? {} : { versionId: id }

/** The keys of a `DeleteResult` that were refused. */
function refusedKeys(document: string): ReadonlySet<string> {
  return new Set(elements(document, 'Error').map(error => elementText(error, 'Key') ?? ''))
}

/** What came of an intent, by what the engine answered. */
export async function happenedBy(
  engine: Engine,
  { bucket, changes }: Intent,
  reply: EngineReply | SmallReply,
  sentSize: number | undefined,
): Promise<Happened[]> {
  const document = Buffer.isBuffer(reply.body) ? reply.body.toString() : ''
  // A copy or a completed upload may fail after its 200 went out.
  if (/^\s*(?:<\?xml[^>]*\?>\s*)?<Error[\s>]/.test(document)) return []
  const refused = refusedKeys(document)
  const happened: Happened[] = []
  for (const { key, version, type } of changes) {
    if (refused.has(key)) continue
    const answered = reply.header('x-amz-version-id')
    if (type === 'ObjectRemoved:Delete') {
      happened.push(
        version === undefined
          ? await removedNow(engine, bucket, key, reply, document)
          : { key, type, ...versionOf(version) },
      )
    } else if ((type === 'ObjectCreated:Put' || type === 'ObjectCreated:Post') && sentSize !== undefined)
      happened.push({
        key,
        type,
        size: sentSize,
        eTag: plainTag(reply.header('etag')),
        ...versionOf(answered),
      })
    else {
      const { size, eTag, versionId } = await headObject(engine, bucket, key, version)
      const created = type.startsWith('ObjectCreated:')
      happened.push({
        key,
        type,
        ...(created ? { size } : {}),
        eTag,
        ...versionOf(version ?? answered ?? versionId),
      })
    }
  }
  return happened
}

/** What became of a key that was deleted without naming a version: it went, or a delete marker came. */
async function removedNow(
  engine: Engine,
  bucket: string,
  key: string,
  reply: EngineReply | SmallReply,
  document: string,
): Promise<Happened> {
  const removed = (marked: boolean, versionId: string | undefined): Happened => ({
    key,
    type: marked ? 'ObjectRemoved:DeleteMarkerCreated' : 'ObjectRemoved:Delete',
    ...versionOf(versionId),
  })
  if (document === '')
    return removed(reply.header('x-amz-delete-marker') === 'true', reply.header('x-amz-version-id'))
  const deleted = elements(document, 'Deleted').find(each => elementText(each, 'Key') === key)
  if (deleted !== undefined)
    return removed(
      elementText(deleted, 'DeleteMarker') === 'true',
      elementText(deleted, 'DeleteMarkerVersionId'),
    )
  // A quiet answer to DeleteObjects says nothing of what went well.
  const { marker, versionId } = await headObject(engine, bucket, key)
  return removed(marker, marker ? versionId : undefined)
}

/** Seconds are all that `Last-Modified` has, and clocks tick between two requests. */
const tolerance = 2000

/**
 * What came of an intent whose answer nobody saw, by what the engine has now. Where that cannot be told an event is sent:
 * at least once, rather than never.
 */
export async function happenedSince(
  engine: Engine,
  { bucket, changes, time }: Intent,
  now: number,
): Promise<Happened[]> {
  const happened: Happened[] = []
  for (const { key, version, type } of changes) {
    const found = await headObject(engine, bucket, key, version)
    if (found.status >= 500) throw new Error(`the engine answered ${found.status} about ${bucket}/${key}`)
    const there = found.status < 300
    if (type === 'ObjectRemoved:Delete') {
      if (there) continue
      const marked = version === undefined && found.marker
      happened.push({
        key,
        type: marked ? 'ObjectRemoved:DeleteMarkerCreated' : type,
        ...versionOf(version ?? (marked ? found.versionId : undefined)),
      })
      continue
    }
    const created = type.startsWith('ObjectCreated:')
    if (!there || (created && found.age !== undefined && found.age > now - time + tolerance)) continue
    happened.push({
      key,
      type,
      eTag: found.eTag,
      ...(created ? { size: found.size } : {}),
      ...versionOf(found.versionId),
    })
  }
  return happened
}
