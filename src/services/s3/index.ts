import { defineService, type ServiceDefinition } from '../../aws/index.ts'
import { access } from './access/index.ts'
import type { BucketRecord } from './buckets/bucket-record.ts'
import { crossOrigin } from './cors/cross-origin.ts'
import { startLifecycle } from './lifecycle/lifecycle-clock.ts'
import { isReferred } from './objects/object-record.ts'
import * as operations from './operations/index.ts'
import type { S3State } from './state.ts'

export type { BucketRecord } from './buckets/bucket-record.ts'
export { outbox, outboxAfter, outboxEvents, type S3Event, type S3EventType, sequencer } from './events.ts'
export {
  type NotificationEntry,
  notificationsOf,
  type StoredNotifications,
} from './notification/notification-configuration.ts'

export { type AnonymousCall, serveWebsite, type WebsiteVisit } from './website/serve-website.ts'
export { websiteBucket } from './website/website-host.ts'

/** What the composition may give S3. */
export interface S3Options {
  /** Whether events of this bucket are kept until they are delivered; absent: where the bucket has a notification configuration. */
  readonly wantsEvents?: (bucket: BucketRecord) => boolean
  /** Hears that an event was kept. */
  readonly keptEvent?: () => void
}

/** Amazon S3. https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html */
export function createS3(options: S3Options = {}): ServiceDefinition {
  return defineService<S3State>({
    id: 's3',
    async createState({ store, blobs, clock, ids, log, activity, events, functions, authenticateForm }) {
      // What a crash left behind: bodies whose record never came about, or went first.
      await blobs.sweep(id => store.read(reader => isReferred(reader, id)))
      const state: S3State = {
        store,
        blobs,
        clock,
        ids,
        log,
        activity,
        events,
        functions,
        authenticateForm,
        forms: new WeakMap(),
        wantsEvents: options.wantsEvents ?? (({ notifies }) => notifies === true),
        keptEvent: options.keptEvent ?? (() => {}),
        stopLifecycle: () => {},
      }
      state.stopLifecycle = startLifecycle(state)
      return state
    },
    operations,
    access,
    crossOrigin,
    startsAtOnce: true,
    stop: ({ stopLifecycle }) => stopLifecycle(),
  })
}
