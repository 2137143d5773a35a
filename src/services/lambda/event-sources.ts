import type { MappingRecord } from './state.ts'

/**
 * Who reads queues and streams on behalf of event source mappings. The Lambda API keeps the mappings' state and tells
 * this port of every change; whoever implements it polls and invokes.
 */
export interface EventSources {
  /** The mapping is new, changed, or (at the start) there again. `State` says whether it is to be polled. */
  put(mapping: MappingRecord): void
  remove(uuid: string): void
  /** Whether there is a stream of that ARN. */
  hasStream(arn: string): Promise<boolean>
  /** How the last invocation for a mapping ended, in AWS's words; undefined where there was none. */
  lastResult(uuid: string): string | undefined
}

/** For simulators whose services have nothing to poll. */
export const noEventSources: EventSources = {
  put() {},
  remove() {},
  hasStream: async () => true,
  lastResult: () => undefined,
}
