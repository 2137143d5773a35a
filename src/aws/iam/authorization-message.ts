import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Denial } from './denial.ts'

/** The encoded message of a refusal, for DecodeAuthorizationMessage. */
export function encodeAuthorizationMessage({ decision, principal, action, resource }: Denial): string {
  const items =
    decision.statement === undefined ? [] : [{ statementId: decision.statement.sid ?? '', effect: 'DENY' }]
  const message = {
    allowed: false,
    explicitDeny: decision.effect === 'explicit-deny',
    matchedStatements: { items },
    failures: { items: [] },
    context: {
      principal: { id: principal.userId, arn: principal.arn },
      action,
      resource,
      conditions: { items: [] },
    },
  }
  return deflateRawSync(JSON.stringify(message)).toString('base64url')
}

/** The message's JSON; undefined where it is none of ours. */
export function decodeAuthorizationMessage(encoded: string): string | undefined {
  try {
    const text = inflateRawSync(Buffer.from(encoded, 'base64url'), { maxOutputLength: 65_536 }).toString()
    const message: unknown = JSON.parse(text)
    return typeof message === 'object' && message !== null && 'allowed' in message ? text : undefined
  } catch {
    // Not deflated, or not JSON: whoever asked is told that the message is not valid.
    return undefined
  }
}
