import { Readable } from 'node:stream'
import { AwsError } from '../aws-error.ts'
import { type EventMessage, encodeEvent } from './event-stream.ts'
import type { Shape, StructureShape } from './shapes.ts'
import { noBytes, utf8 } from './wire.ts'

/** How a document inside an event is written: JSON or XML. */
export interface EventDocuments {
  readonly contentType: string
  encode(shape: Shape, value: unknown): string
}

/** Turns the events that an operation yields, `{ PayloadChunk: { Payload } }`, into the bytes of an event stream. */
export function encodeEvents(
  union: StructureShape,
  events: AsyncIterable<Record<string, unknown>>,
  documents: EventDocuments,
  initial?: EventMessage,
): Readable {
  async function* frames(): AsyncGenerator<Uint8Array> {
    if (initial !== undefined) yield encodeEvent(initial)
    try {
      for await (const event of events) {
        for (const member of union.members) {
          const value = event[member.name]
          if (value !== undefined && member.shape.kind === 'structure')
            yield encodeEvent(eventOf(member.name, member.shape, value as Record<string, unknown>, documents))
        }
      }
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      yield encodeEvent(failure(union, error, documents))
    }
  }
  return Readable.from(frames(), { objectMode: false })
}

function eventOf(
  name: string,
  shape: StructureShape,
  value: Record<string, unknown>,
  documents: EventDocuments,
): EventMessage {
  const headers = { ':message-type': 'event', ':event-type': name }
  const member = shape.members.find(candidate => candidate.traits.eventPayload === 1)
  if (member === undefined) {
    if (shape.members.length === 0) return { headers, payload: noBytes }
    const payload = utf8(documents.encode(shape, value))
    return { headers: { ...headers, ':content-type': documents.contentType }, payload }
  }
  const content = value[member.name]
  if (content instanceof Uint8Array)
    return { headers: { ...headers, ':content-type': 'application/octet-stream' }, payload: content }
  if (typeof content === 'string')
    return { headers: { ...headers, ':content-type': 'text/plain' }, payload: utf8(content) }
  const payload = content === undefined ? noBytes : utf8(documents.encode(member.shape, content))
  return { headers: { ...headers, ':content-type': documents.contentType }, payload }
}

/** An error after the stream has begun is an event too: the member that is modelled for it, or a bare code. */
function failure(union: StructureShape, error: AwsError, documents: EventDocuments): EventMessage {
  const member = union.members.find(({ shape }) => shape.name === error.code)
  if (member === undefined)
    return {
      headers: { ':message-type': 'error', ':error-code': error.code, ':error-message': error.message },
      payload: noBytes,
    }
  return {
    headers: {
      ':message-type': 'exception',
      ':exception-type': member.name,
      ':content-type': documents.contentType,
    },
    payload: utf8(
      documents.encode(member.shape, { message: error.message, Message: error.message, ...error.detail }),
    ),
  }
}
