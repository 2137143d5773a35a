import type { ServiceEnvironment } from '../../aws/index.ts'
import { createItemExpiry } from './expire-items.ts'
import type { DynamoDbState } from './state.ts'

/** A state whose expired items are removed from now on. */
export function createState(environment: ServiceEnvironment): DynamoDbState {
  const { store, clock, ids, log, activity, events } = environment
  const parts = { store, clock, ids, log, activity, events, compiled: new Map() }
  const expiry = createItemExpiry(parts)
  expiry.look()
  return { ...parts, expiry }
}
