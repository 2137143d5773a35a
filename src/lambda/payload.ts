import { isUtf8 } from 'node:buffer'
import type { Invocation } from '../ports/index.ts'
import { jsonRefusal } from './json-refusal.ts'
import { invalidRequestContent, requestTooLarge } from './lambda-error.ts'

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 6 MB, asynchronously 1 MB since October 2025. */
const synchronousLimit = 6_291_456
const asynchronousLimit = 1_048_576

/** Refuses what Lambda's Invoke refuses: an event that is too large, or no JSON. */
export function checkPayload({ payload, invocationType, isJson }: Invocation): void {
  const limit = invocationType === 'Event' ? asynchronousLimit : synchronousLimit
  if (payload.length > limit) throw requestTooLarge(limit)
  if (payload.length === 0 || isJson === true) return
  if (!isUtf8(payload)) throw invalidRequestContent(undefined, 'Invalid UTF-8')
  const text = Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString('utf8')
  try {
    JSON.parse(text)
  } catch (error) {
    throw invalidRequestContent(error, jsonRefusal(text))
  }
}
