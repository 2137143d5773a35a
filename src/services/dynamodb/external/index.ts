export { createExternal } from './create-external.ts'
export { createEngine, type Engine, type EngineOptions } from './engine.ts'
export { createExternalStreams } from './external-streams.ts'
