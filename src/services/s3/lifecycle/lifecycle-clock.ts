import type { Cancel } from '../../../ports/index.ts'
import { type BucketRecord, buckets } from '../buckets/bucket-record.ts'
import { configuration } from '../buckets/configuration.ts'
import { change } from '../change.ts'
import { serviceContext } from '../service-context.ts'
import type { S3State } from '../state.ts'
import { applyAction } from './apply-action.ts'
import { dueActions, type LifecycleAction } from './due-actions.ts'
import type { StoredLifecycle } from './lifecycle-rules.ts'
import { dropRestored } from './restored-copies.ts'

const day = 86_400_000
/** Objects in one transaction, so that rules over many do not hold up everybody else. */
const atOnce = 100

/**
 * Runs every bucket's lifecycle rules at each midnight in UTC of the simulator's time, and at the start for what came
 * due meanwhile. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html
 */
export function startLifecycle(state: S3State): Cancel {
  const { clock, activity, log } = state
  let cancel: Cancel = () => {}
  let stopped = false
  const run = (): void => {
    const end = activity.begin('S3 lifecycle')
    runLifecycle(state)
      .catch(error => log.error({ error }, 'lifecycle rules of S3 could not be carried out'))
      .finally(() => {
        end()
        if (!stopped) arm()
      })
  }
  const arm = (): void => {
    const now = clock.now()
    cancel = clock.after((Math.floor(now / day) + 1) * day - now, run)
  }
  run()
  return () => {
    stopped = true
    cancel()
  }
}

/** Does everything that is due now. */
async function runLifecycle(state: S3State): Promise<void> {
  const { store, clock } = state
  await dropRestored(state)
  const ruled = await store.read(reader => {
    const found: (readonly [BucketRecord, StoredLifecycle])[] = []
    for (const [, bucket] of buckets.under(reader)) {
      const lifecycle = configuration<StoredLifecycle>(reader, bucket.name, 'lifecycle')
      if (lifecycle !== undefined) found.push([bucket, lifecycle])
    }
    return found
  })
  for (const [bucket, lifecycle] of ruled) {
    const now = clock.now()
    const actions = await store.read(reader => [...dueActions(reader, bucket, lifecycle, now)])
    for (let from = 0; from < actions.length; from += atOnce)
      await applyAll(state, bucket, actions.slice(from, from + atOnce))
  }
}

async function applyAll(
  state: S3State,
  { name, account, region }: BucketRecord,
  actions: readonly LifecycleAction[],
): Promise<void> {
  const context = serviceContext(state, { account, region })
  await change(context, change => {
    const bucket = buckets.get(change.writer, name)
    if (bucket === undefined) return
    for (const action of actions) applyAction(context, change, bucket, action)
  })
}
