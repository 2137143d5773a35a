export type { Chaos } from './chaos.ts'
export { mappingDefaults, type StreamMapping } from './dynamodb-stream/event-source-mapping.ts'
export type { FailureReport, PollerParts } from './dynamodb-stream/poller-parts.ts'
export { type RunningMapping, startMapping } from './dynamodb-stream/start-mapping.ts'
export type { NotificationTarget } from './s3-notification/notification-target.ts'
export type { NotifiedEvent } from './s3-notification/notified-event.ts'
export {
  createS3Notifications,
  type S3NotificationOptions,
  type S3Notifications,
  type S3Outbox,
} from './s3-notification/s3-notifications.ts'
export { createTroubles, type Troubles } from './troubles.ts'
