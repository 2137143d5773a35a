import type { GatewayParts } from './gateway.ts'
import { GatewayError } from './gateway-error.ts'

/**
 * Lets an integration run for its `timeoutInMillis`, then answers 504 and aborts it. The signal is made for those who
 * ask for it: a function runs on when nobody waits for it any more.
 */
export function withinTimeout<Value>(
  parts: GatewayParts,
  milliseconds: number,
  run: (signal: () => AbortSignal) => Promise<Value>,
): Promise<Value> {
  let controller: AbortController | undefined
  const signal = (): AbortSignal => {
    controller ??= new AbortController()
    return controller.signal
  }
  if (!parts.limits.integrationTimeouts()) return run(signal)
  return new Promise((resolve, reject) => {
    const cancel = parts.clock.deadline(milliseconds, () => {
      reject(
        new GatewayError('INTEGRATION_TIMEOUT', {
          explanation: `the integration did not answer within ${milliseconds} ms`,
        }),
      )
      controller?.abort()
    })
    run(signal).then(
      value => {
        cancel()
        resolve(value)
      },
      (error: unknown) => {
        cancel()
        reject(error)
      },
    )
  })
}
