export type { Activity } from './activity.ts'
export { type ActivityTracker, createActivityTracker } from './activity-tracker.ts'
export type { Checkpoints } from './checkpoints.ts'
export type { Cancel, Clock } from './clock.ts'
export type { DomainEvent, Events } from './events.ts'
export type {
  AliasTarget,
  AsynchronousSettings,
  DeployedFunctions,
  FunctionHost,
  ProvisionedState,
} from './function-host.ts'
export { type FunctionScope, functionId } from './function-scope.ts'
export type {
  FunctionDefinition,
  Functions,
  Invocation,
  InvocationResult,
  InvocationType,
  InvokingService,
} from './functions.ts'
export type { Ids } from './ids.ts'
export type { Journal, JournalEntry, JournalKind } from './journal.ts'
export type { Logger } from './logger.ts'
export { createRandomIds } from './random-ids.ts'
export { realTime } from './real-time.ts'
export {
  createSimulatedClock,
  type Duration,
  millisecondsOf,
  type SimulatedClock,
} from './simulated-clock.ts'
export type { StreamedRecord, StreamPage, StreamShard, StreamSource } from './streams.ts'
