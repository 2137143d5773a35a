import type { Reader } from '../../../stores/index.ts'
import { findBucket } from '../buckets/bucket.ts'
import { type BucketRecord, buckets } from '../buckets/bucket-record.ts'
import { forgetConfigurations } from '../buckets/configuration.ts'
import type { S3Context } from '../state.ts'

/** What is known here of a bucket that an engine keeps: who listens to it. */
export function localBucket(reader: Reader, context: S3Context, name: string): BucketRecord {
  const { account, region, now: created } = context
  return findBucket(reader, name) ?? { name, account, region, created }
}

/** Remembers a bucket of the engine, so that it can have a notification configuration. */
export async function rememberBucket(context: S3Context, name: string): Promise<void> {
  await context.state.store.transaction(writer =>
    buckets.put(writer, localBucket(writer, context, name), name),
  )
}

/** Forgets a bucket that the engine has deleted, with its notification configuration. */
export async function forgetBucket(context: S3Context, name: string): Promise<void> {
  await context.state.store.transaction(writer => {
    buckets.remove(writer, name)
    forgetConfigurations(writer, name)
  })
}
