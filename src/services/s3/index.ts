import { defineService, type ServiceDefinition } from '../../aws/index.ts'
import { access } from './access/index.ts'
import type { BucketRecord } from './buckets/bucket-record.ts'
import { crossOrigin } from './cors/cross-origin.ts'
import type { EngineAddress } from './engine/engine-address.ts'
import { engineOperations } from './engine/engine-operations.ts'
import { openEngineLink } from './engine/open-engine-link.ts'
import { startLifecycle } from './lifecycle/lifecycle-clock.ts'
import { isReferred } from './objects/object-record.ts'
import * as operations from './operations/index.ts'
import type { S3State } from './state.ts'

export type { BucketRecord } from './buckets/bucket-record.ts'
export { type EngineAddress, engineAddress } from './engine/engine-address.ts'
export { outbox, outboxAfter, outboxEvents, type S3Event, type S3EventType, sequencer } from './events.ts'
export {
  type NotificationEntry,
  notificationsOf,
  type StoredNotifications,
} from './notification/notification-configuration.ts'

export { type CheckedBody, checkBodies } from './objects/check-bodies.ts'
export { type AnonymousCall, serveWebsite, type WebsiteVisit } from './website/serve-website.ts'
export { websiteBucket } from './website/website-host.ts'

/** What the composition may give S3. */
export interface S3Options {
  /** Whether events of this bucket are kept until they are delivered; absent: where the bucket has a notification configuration. */
  readonly wantsEvents?: (bucket: BucketRecord) => boolean
  /** Hears that an event was kept. */
  readonly keptEvent?: () => void
  /** The S3-compatible engine that keeps buckets and objects instead of this store. */
  readonly engine?: EngineAddress | undefined
  /** Asks for a place that one living simulator alone has, where several use the store; absent where none else does. */
  readonly claim?: (name: string) => Promise<boolean>
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
      if (options.engine === undefined) state.stopLifecycle = startLifecycle(state)
      else state.engine = await openEngineLink(state, options.engine, options.claim)
      return state
    },
    operations: options.engine === undefined ? operations : engineOperations,
    access,
    ...(options.engine === undefined ? { crossOrigin } : {}),
    startsAtOnce: true,
    stop({ stopLifecycle, engine }) {
      stopLifecycle()
      engine?.close()
    },
  })
}
