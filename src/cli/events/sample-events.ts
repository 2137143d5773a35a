import { apiEvents } from './api-events.ts'
import { deviceEvents } from './device-events.ts'
import { edgeEvents } from './edge-events.ts'
import { messageEvents } from './message-events.ts'
import { operationEvents } from './operation-events.ts'
import { otherEvents } from './other-events.ts'
import { polledEvents } from './polled-events.ts'
import { storageEvents } from './storage-events.ts'

/** What a generated event is about; every value has a default. */
export interface EventFacts {
  readonly account: string
  readonly region: string
  /** Milliseconds since 1970. */
  readonly now: number
  readonly id: () => string
  /** `--set name=value`. */
  readonly values: ReadonlyMap<string, string>
}

/** One kind of event: which values may be set, and the event. */
export interface SampleEvent {
  readonly values: Readonly<Record<string, string>>
  readonly make: (facts: EventFacts, value: (name: string) => string) => unknown
}

/** Events as the sources of AWS send them, by `source:kind`. https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html */
export const sampleEvents: Readonly<Record<string, SampleEvent>> = {
  ...apiEvents,
  ...storageEvents,
  ...messageEvents,
  ...otherEvents,
  ...edgeEvents,
  ...polledEvents,
  ...operationEvents,
  ...deviceEvents,
}
