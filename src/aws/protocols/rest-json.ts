import { memoize } from '../../lib/index.ts'
import { AwsError } from '../aws-error.ts'
import { encodeEvents } from './event-output.ts'
import { eventStreamType } from './event-stream.ts'
import { type Bindings, bindingsOf, bodyOf, decodeBound, encodeBound } from './http-bindings.ts'
import { createJsonDecoders } from './json-decoder.ts'
import { createJsonEncoders } from './json-encoder.ts'
import { createJsonErrors } from './json-errors.ts'
import { parseJson } from './json-text.ts'
import { decodeRawPayload, empty, isRawPayload, isStream } from './rest-payload.ts'
import { serializationException } from './serialization-exception.ts'
import type { ServiceFacts } from './service-facts.ts'
import type { LinkedModel, Shape, StructureShape } from './shapes.ts'
import { type Codec, headerValue, utf8, type WireReply } from './wire.ts'

/** restJson1: members stand in the path, the query, headers and a JSON document. */
export function createRestJsonCodec(linked: LinkedModel, facts: ServiceFacts): Codec {
  const decoders = createJsonDecoders(true)
  const encoders = createJsonEncoders(true)
  const encodeJsonError = createJsonErrors(linked, facts, { typed: false, jsonNames: true })
  const inputs = memoize((shape: StructureShape) => bindingsOf(shape, 'input'))
  const outputs = memoize((shape: StructureShape) => bindingsOf(shape, 'output'))

  function body(
    places: Bindings,
    output: Record<string, unknown>,
    status: number,
  ): { readonly type: string | undefined; readonly body: WireReply['body'] } {
    const { payload } = places
    if (payload !== undefined) {
      const value = output[payload.name]
      if (value === undefined || value === null) return { type: undefined, body: empty }
      if (payload.shape.kind === 'structure' && payload.shape.eventStream) {
        const documents = {
          contentType: 'application/json',
          encode: (inner: Shape, content: unknown) => encoders(inner)(content),
        }
        const events = value as AsyncIterable<Record<string, unknown>>
        return { type: eventStreamType, body: encodeEvents(payload.shape, events, documents) }
      }
      if (isRawPayload(payload)) return { type: 'application/octet-stream', body: bodyOf(value) }
      return { type: 'application/json', body: utf8(encoders(payload.shape)(value)) }
    }
    const { document } = places
    if (status === 204 || (document.members.length === 0 && places.bound.length > 0))
      return { type: undefined, body: empty }
    return { type: 'application/json', body: utf8(encoders(document)(output)) }
  }

  return {
    protocol: 'restJson1',
    streamsInput: operation => operation.input !== undefined && isStream(inputs(operation.input).payload),
    decode(operation, request) {
      if (operation.input === undefined) return {}
      const places = inputs(operation.input)
      let input: Record<string, unknown>
      try {
        input = decodeBound(places.bound, request, operation.model.http?.[1])
      } catch (error) {
        if (error instanceof AwsError)
          throw Object.assign(serializationException(error.message), { cause: error })
        throw error
      }
      const { payload } = places
      if (payload !== undefined) {
        const value = isRawPayload(payload)
          ? decodeRawPayload(payload, request)
          : (request.body as Uint8Array).length === 0
            ? undefined
            : decoders(payload.shape)(parseJson(request.body as Uint8Array))
        if (value !== undefined) input[payload.name] = value
        return input
      }
      if (places.document.members.length === 0) return input
      return Object.assign(decoders(places.document)(parseJson(request.body as Uint8Array)) as object, input)
    },
    encode(operation, output, context) {
      const status = operation.model.http?.[2] ?? 200
      const value = (output ?? {}) as Record<string, unknown>
      const head =
        operation.output === undefined
          ? { status, headers: [] }
          : encodeBound(outputs(operation.output).bound, value, status)
      const headers: (readonly [string, string])[] = [
        ['x-amzn-RequestId', context.requestId],
        ...head.headers,
      ]
      if (operation.output === undefined) return { status: head.status, headers, body: empty }
      const content = body(outputs(operation.output), value, head.status)
      if (content.type !== undefined && (content.type === eventStreamType || !hasType(headers)))
        return {
          status: head.status,
          headers: [...headers.filter(notType(content.type)), ['Content-Type', content.type]],
          body: content.body,
        }
      return { status: head.status, headers, body: content.body }
    },
    encodeError(error, context) {
      const { status, code, body: text } = encodeJsonError(error)
      const headers: [string, string][] = [
        ['x-amzn-RequestId', context.requestId],
        ['Content-Type', 'application/json'],
        ['x-amzn-ErrorType', headerValue(code)],
      ]
      return { status, headers, body: context.method === 'HEAD' ? empty : utf8(text) }
    },
  }
}

function hasType(headers: readonly (readonly [string, string])[]): boolean {
  return headers.some(([name]) => name.toLowerCase() === 'content-type')
}

/** An event stream's own type replaces what a member would put into the same header. */
function notType(type: string): (header: readonly [string, string]) => boolean {
  return ([name]) => type !== eventStreamType || name.toLowerCase() !== 'content-type'
}
