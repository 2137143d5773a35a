import type { Writer } from '../../../stores/index.ts'
import { change } from '../change.ts'
import type { S3Event, S3EventType } from '../events.ts'
import type { S3Context } from '../state.ts'
import { type Intent, intents } from './intents.ts'
import { localBucket } from './local-bucket.ts'

/** What an engine did to one object. */
export interface Happened extends Pick<S3Event, 'key' | 'size' | 'eTag' | 'versionId'> {
  readonly type: S3EventType
}

/** Events to which S3 gives a sequencer. */
const sequenced = /^Object(?:Created|Removed):/

/** Takes an intent away and keeps the events that came of it, in one transaction. */
export async function settleIntent(
  context: S3Context,
  intent: Intent,
  happened: readonly Happened[],
): Promise<void> {
  await change(context, change => {
    intents.remove(change.writer, intent.requestId)
    const bucket = localBucket(change.writer, context, intent.bucket)
    for (const { type, ...about } of happened)
      change.tell(bucket, type, {
        ...about,
        reason: intent.reason,
        ...(sequenced.test(type) ? { seq: change.sequence() } : {}),
      })
  })
}

/** Takes an intent away of which nothing came. */
export async function dropIntent(context: S3Context, intent: Intent): Promise<void> {
  await context.state.store.transaction((writer: Writer) => intents.remove(writer, intent.requestId))
}
