import type { GatewayParts } from './gateway.ts'
import { GatewayError } from './gateway-error.ts'

/** Lets an integration run for its `timeoutInMillis`, then answers 504 and aborts it. */
export async function withinTimeout<Value>(
  parts: GatewayParts,
  milliseconds: number,
  run: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const controller = new AbortController()
  if (!parts.limits.integrationTimeouts()) return run(controller.signal)
  let cancel = (): void => {}
  const timeout = new Promise<never>((_resolve, reject) => {
    cancel = parts.clock.deadline(milliseconds, () => {
      reject(
        new GatewayError('INTEGRATION_TIMEOUT', {
          explanation: `the integration did not answer within ${milliseconds} ms`,
        }),
      )
      controller.abort()
    })
  })
  try {
    return await Promise.race([run(controller.signal), timeout])
  } finally {
    cancel()
  }
}
