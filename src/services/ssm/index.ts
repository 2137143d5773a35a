import { defineService, type ServiceDefinition } from '../../aws/index.ts'
import { access } from './access.ts'
import * as operations from './operations/index.ts'
import { armAllPolicies } from './policy-timers.ts'
import type { SecretReader } from './secret-reference.ts'
import type { SsmState } from './state.ts'

export { type Mirror, type MirrorOptions, mirrorParameters } from './mirror/mirror-parameters.ts'
export type { ReferencedSecret, SecretReader } from './secret-reference.ts'
export type { SsmState } from './state.ts'

function stopTimers({ policyTimers }: SsmState): void {
  for (const cancel of policyTimers.values()) cancel()
  policyTimers.clear()
}

/**
 * Systems Manager's Parameter Store; the rest of Systems Manager answers 501. `readSecret` serves names under
 * `/aws/reference/secretsmanager/`: services do not know each other, so whoever lists them gives it.
 */
export function createSsm(options: { readonly readSecret?: SecretReader } = {}): ServiceDefinition {
  return defineService<SsmState>({
    id: 'ssm',
    async createState({ store, clock, ids, log, activity, events }) {
      const state: SsmState = {
        store,
        clock,
        ids,
        log,
        activity,
        events,
        readSecret: options.readSecret,
        policyTimers: new Map(),
      }
      await armAllPolicies(state)
      return state
    },
    operations,
    access,
    startsAtOnce: true,
    stop: stopTimers,
    async reset(state) {
      stopTimers(state)
      await state.store.clear('ssm/')
    },
  })
}
