import type { S3State } from '../state.ts'
import { type Engine, openEngine } from './engine.ts'
import type { EngineAddress } from './engine-address.ts'
import { type IntentResolver, startIntentResolver } from './resolve-intents.ts'

/** The engine that keeps the objects, and what takes care of requests whose answer was not seen. */
export interface EngineLink {
  readonly engine: Engine
  readonly resolver: IntentResolver
  /** The name under which this process writes its intents, where other processes write theirs beside them. */
  readonly owner: string | undefined
  close(): void
}

/** Connects S3 to an engine and resolves what an earlier process left open, or one beside this that has died. */
export async function openEngineLink(
  state: S3State,
  address: EngineAddress,
  claim: ((name: string) => Promise<boolean>) | undefined,
): Promise<EngineLink> {
  const engine = openEngine(address)
  const owner = claim === undefined ? undefined : state.ids.uuid()
  // A name that is claimed is its owner's until that dies: then whoever asks has it.
  const place = (name: string | undefined): string => `engine ${name ?? 'nobody'}`
  if (claim !== undefined) await claim(place(owner))
  const isGone =
    claim === undefined ? undefined : async (name?: string) => name !== owner && (await claim(place(name)))
  const resolver = await startIntentResolver(state, engine, isGone)
  return {
    engine,
    resolver,
    owner,
    close() {
      resolver.stop()
      engine.close()
    },
  }
}
