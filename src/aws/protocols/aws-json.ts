import { crc32 } from 'node:zlib'
import { memoize } from '../../lib/index.ts'
import { squeeze, wantedCoding } from './content-coding.ts'
import { encodeEvents } from './event-output.ts'
import { eventStreamType } from './event-stream.ts'
import { createJsonDecoders, decodeBlobAsText } from './json-decoder.ts'
import { createJsonEncoders } from './json-encoder.ts'
import { createJsonErrors } from './json-errors.ts'
import { parseJson } from './json-text.ts'
import { serializationException } from './serialization-exception.ts'
import type { ServiceFacts } from './service-facts.ts'
import type { LinkedModel, Member, StructureShape } from './shapes.ts'
import { type Codec, noBytes, type ReplyContext, utf8, type WireReply } from './wire.ts'

/** awsJson 1.0 and 1.1: `X-Amz-Target` names the operation, everything is in the body. */
export function createAwsJsonCodec(
  linked: LinkedModel,
  facts: ServiceFacts,
  protocol: 'awsJson1_0' | 'awsJson1_1',
): Codec {
  const decoders = createJsonDecoders(
    false,
    shape => (facts.blobsAsText && shape.type === 'blob' ? decodeBlobAsText : undefined),
    facts.typePrefix.replace('#', '.'),
  )
  const encoders = createJsonEncoders(false, 'bytes')
  const inEvents = createJsonEncoders(false)
  const encodeJsonError = createJsonErrors(linked, facts, { typed: true, jsonNames: false })
  const contentType = `application/x-amz-json-${protocol === 'awsJson1_0' ? '1.0' : '1.1'}`

  function reply(
    status: number,
    whole: Uint8Array,
    { requestId, contentType: asked, acceptEncoding }: ReplyContext,
  ): { -readonly [Key in keyof WireReply]: WireReply[Key] } {
    const headers: [string, string][] = [
      ['x-amzn-RequestId', requestId],
      ['Content-Type', facts.plainJson && isPlain(asked) ? 'application/json' : contentType],
    ]
    const coding = facts.contentCodings ? wantedCoding(acceptEncoding, whole.length) : undefined
    const body = coding === undefined ? whole : squeeze(coding, whole)
    if (coding !== undefined) headers.push(['Content-Encoding', coding])
    // Of the bytes that travel: SDKs compare before they unpack.
    if (facts.crc32) headers.push(['x-amz-crc32', String(crc32(body))])
    return { status, headers, body }
  }

  const eventStreamOf = memoize((output: StructureShape) => ({
    member: output.members.find(({ shape }) => shape.kind === 'structure' && shape.eventStream),
  }))

  function stream(
    output: StructureShape,
    { name, shape: union }: Member,
    value: Record<string, unknown>,
    requestId: string,
  ): WireReply {
    const { [name]: events, ...rest } = value
    const documents = {
      contentType,
      encode: (shape: Parameters<typeof inEvents>[0], content: unknown) => inEvents(shape)(content),
    }
    const initial = {
      headers: { ':message-type': 'event', ':event-type': 'initial-response', ':content-type': contentType },
      payload: utf8(inEvents(output)(rest)),
    }
    return {
      status: 200,
      headers: [
        ['x-amzn-RequestId', requestId],
        ['Content-Type', eventStreamType],
      ],
      body: encodeEvents(
        union as StructureShape,
        events as AsyncIterable<Record<string, unknown>>,
        documents,
        initial,
      ),
    }
  }

  return {
    protocol,
    streamsInput: () => false,
    decode(operation, request) {
      const body = request.body as Uint8Array
      if (facts.plainJson && body.length === 0) throw serializationException('')
      const value = parseJson(body)
      return operation.input === undefined ? {} : decoders(operation.input)(value)
    },
    encode(operation, output, context) {
      const shape = operation.output
      if (shape === undefined) return reply(200, noBytes, context)
      const value = (output ?? {}) as Record<string, unknown>
      const { member } = eventStreamOf(shape)
      if (member !== undefined) return stream(shape, member, value, context.requestId)
      return reply(200, Buffer.from(encoders(shape)(value), 'latin1'), context)
    },
    encodeError(error, context) {
      const { status, body, queryError } = encodeJsonError(error)
      const answer = reply(status, utf8(body), context)
      if (linked.service.queryCompatible === true)
        answer.headers = [...answer.headers, ['x-amzn-query-error', queryError]]
      return answer
    },
  }
}

/** Everything but the type of the protocol's own, which all SDKs send. */
const isPlain = (asked: string | undefined): boolean =>
  asked?.trim().startsWith('application/x-amz-json') !== true
