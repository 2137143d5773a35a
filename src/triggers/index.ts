export { mappingDefaults, type StreamMapping } from './dynamodb-stream/event-source-mapping.ts'
export { isPattern, matchesPattern } from './dynamodb-stream/matches-pattern.ts'
export type { FailureReport, PollerParts } from './dynamodb-stream/poller-parts.ts'
export { type RunningMapping, startMapping } from './dynamodb-stream/start-mapping.ts'
