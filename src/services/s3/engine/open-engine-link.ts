import type { S3State } from '../state.ts'
import { type Engine, openEngine } from './engine.ts'
import type { EngineAddress } from './engine-address.ts'
import { type IntentResolver, startIntentResolver } from './resolve-intents.ts'

/** The engine that keeps the objects, and what takes care of requests whose answer was not seen. */
export interface EngineLink {
  readonly engine: Engine
  readonly resolver: IntentResolver
  close(): void
}

/** Connects S3 to an engine and resolves what an earlier process left open. */
export async function openEngineLink(state: S3State, address: EngineAddress): Promise<EngineLink> {
  const engine = openEngine(address)
  const resolver = await startIntentResolver(state, engine)
  return {
    engine,
    resolver,
    close() {
      resolver.stop()
      engine.close()
    },
  }
}
