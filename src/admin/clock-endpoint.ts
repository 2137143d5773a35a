import type { Duration, SimulatedClock } from '../ports/index.ts'
import type { Endpoint } from './admin.ts'
import { jsonReply } from './messages.ts'

const parts: readonly (keyof Duration)[] = ['days', 'hours', 'minutes', 'seconds', 'milliseconds']

/** GET says what time it is in the simulator; POST `{"advance": {"hours": 1}}` moves it on; DELETE goes back to the real one. */
export function clockEndpoint(clock: SimulatedClock): Endpoint {
  const present = () => {
    const now = clock.now()
    return { now, time: new Date(now).toISOString() }
  }
  return {
    methods: ['GET', 'POST', 'DELETE'],
    async answer({ method, body }) {
      if (method === 'DELETE') clock.reset()
      if (method === 'POST') {
        const duration = durationIn(body)
        if (duration === undefined)
          return jsonReply(400, { error: `Send {"advance": {"hours": 1}}; parts: ${parts.join(', ')}` })
        await clock.advance(duration)
      }
      return jsonReply(200, present())
    },
  }
}

function durationIn(body: Uint8Array): Duration | undefined {
  let sent: unknown
  try {
    sent = JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return undefined
  }
  const advance =
    typeof sent === 'object' && sent !== null ? (sent as { advance?: unknown }).advance : undefined
  if (typeof advance !== 'object' || advance === null) return undefined
  const entries = Object.entries(advance)
  const valid = entries.every(
    ([part, amount]) =>
      parts.includes(part as keyof Duration) &&
      typeof amount === 'number' &&
      Number.isFinite(amount) &&
      amount >= 0,
  )
  return valid && entries.length > 0 ? (advance as Duration) : undefined
}
