import { WholeBody } from '../../lib/index.ts'
import type { Member } from './shapes.ts'
import { utf8, type WireRequest } from './wire.ts'

/** Whether a payload's bytes are taken as they come, without being parsed. */
export function isRawPayload(member: Member): boolean {
  return member.shape.kind === 'simple' && member.shape.type !== 'document'
}

/** Reads a payload that is bytes, text or a stream. */
export function decodeRawPayload(member: Member, request: WireRequest): unknown {
  const { body } = request
  if (member.shape.kind === 'simple' && member.shape.type === 'stream')
    return body instanceof Uint8Array ? new WholeBody(() => body) : body
  const bytes = body as Uint8Array
  if (bytes.length === 0) return undefined
  if (member.shape.kind === 'simple' && member.shape.type === 'blob') return bytes
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
}

/** Whether a payload is the open stream of the request. */
export function isStream(member: Member | undefined): boolean {
  return member !== undefined && member.shape.kind === 'simple' && member.shape.type === 'stream'
}

/** Nothing to say, as bytes. */
export const empty = utf8('')
