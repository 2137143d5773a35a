import { defineService, type ServiceDefinition } from '../../aws/index.ts'
import { access } from './access.ts'
import * as operations from './operations/index.ts'
import { rotateOnSchedule } from './rotation.ts'
import type { SecretsState } from './state.ts'
import { armAllSecrets } from './timers.ts'

export { readSecret } from './read-secret.ts'
export type { SecretsState } from './state.ts'

function stopTimers({ timers }: SecretsState): void {
  for (const cancel of timers.values()) cancel()
  timers.clear()
}

/** Secrets Manager. Values lie in the store as they are: see docs/guide/parameters-and-secrets.md. */
export const secretsmanager: ServiceDefinition = defineService<SecretsState>({
  id: 'secretsmanager',
  async createState({ store, clock, ids, log, activity, functions }) {
    const state: SecretsState = {
      store,
      clock,
      ids,
      log,
      activity,
      functions,
      timers: new Map(),
      onRotationDue: rotateOnSchedule,
    }
    await armAllSecrets(state)
    return state
  },
  operations,
  access,
  startsAtOnce: true,
  stop: stopTimers,
  async reset(state) {
    stopTimers(state)
    await state.store.clear('secretsmanager/')
  },
})
