import type { Invocation } from '../ports/index.ts'
import { invalidRequestContent, requestTooLarge } from './lambda-error.ts'

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 6 MB, asynchronously 1 MB since October 2025. */
const synchronousLimit = 6_291_456
const asynchronousLimit = 1_048_576

const strict = new TextDecoder('utf-8', { fatal: true })

/** Refuses what Lambda's Invoke refuses: an event that is too large, or no JSON. */
export function checkPayload({ payload, invocationType }: Invocation): void {
  const limit = invocationType === 'Event' ? asynchronousLimit : synchronousLimit
  if (payload.length > limit) throw requestTooLarge(limit)
  if (payload.length === 0) return
  try {
    JSON.parse(strict.decode(payload))
  } catch (error) {
    throw invalidRequestContent(error)
  }
}
