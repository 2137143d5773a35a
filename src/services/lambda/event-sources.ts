import type { MappingRecord } from './state.ts'

/**
 * Who reads queues and streams on behalf of event source mappings. The Lambda API keeps the mappings' state and tells
 * this port of every change; whoever implements it polls and invokes.
 */
export interface EventSources {
  /** The mapping is new, changed, or (at the start) there again. `State` says whether it is to be polled. */
  put(mapping: MappingRecord): void
  remove(uuid: string): void
}

/** For simulators whose services have nothing to poll. */
export const noEventSources: EventSources = { put() {}, remove() {} }
