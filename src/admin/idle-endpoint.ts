import type { AdminEnvironment, Endpoint } from './admin.ts'
import { jsonReply } from './messages.ts'

/**
 * Answers once nothing is going on: `{"idle": true}`; after `timeout` milliseconds 408 with what is still going on.
 * `timeout=0` only looks.
 */
export function idleEndpoint({
  idle,
  active,
  clock,
}: Pick<AdminEnvironment, 'idle' | 'active' | 'clock'>): Endpoint {
  return {
    methods: ['GET', 'POST'],
    async answer({ signal }, query) {
      const timeout = Number(query.get('timeout') ?? 60_000)
      if (!(timeout >= 0)) return jsonReply(400, { error: '`timeout` is a number of milliseconds' })
      let cancel = () => {}
      const late = new Promise<false>(resolve => {
        cancel = clock.deadline(timeout, () => resolve(false))
        signal?.addEventListener('abort', () => resolve(false), { once: true })
      })
      try {
        const settled = await Promise.race([idle().then(() => true), late])
        return settled ? jsonReply(200, { idle: true }) : jsonReply(408, { idle: false, active: active() })
      } finally {
        cancel()
      }
    },
  }
}
