import { readCbor } from './cbor-reader.ts'
import { writeCbor } from './cbor-writer.ts'
import { createErrorShapes, faultOf } from './error-shapes.ts'
import { createJsonDecoders, type JsonDecode } from './json-decoder.ts'
import { cannotConvert, serializationException } from './serialization-exception.ts'
import type { ServiceFacts } from './service-facts.ts'
import type { LinkedModel, Shape, SimpleShape } from './shapes.ts'
import { type Codec, noBytes, type WireReply } from './wire.ts'

/** In CBOR bytes are bytes and moments are moments. */
function decodeLeaf(shape: SimpleShape): JsonDecode | undefined {
  if (shape.type === 'blob')
    return value => {
      if (value instanceof Uint8Array) return value
      throw cannotConvert(value, 'ByteBuffer', 'java.nio.ByteBuffer')
    }
  if (!/^(?:timestamp|dateTime|httpDate|epochSeconds)$/.test(shape.type)) return undefined
  return value => {
    const date = typeof value === 'number' ? new Date(Math.round(value * 1000)) : value
    if (date instanceof Date && !Number.isNaN(date.getTime())) return date
    throw cannotConvert(value, 'Date', 'java.util.Date')
  }
}

const textual: Shape = {
  kind: 'simple',
  name: ':string',
  type: 'string',
  constraints: undefined,
  sensitive: false,
}

/** Smithy's RPC v2 with CBOR (https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html), which boto3 speaks to CloudWatch. */
export function createRpcV2CborCodec(linked: LinkedModel, facts: ServiceFacts): Codec {
  const decoders = createJsonDecoders(false, decodeLeaf)
  const errorShape = createErrorShapes(linked)

  function reply(
    status: number,
    body: Uint8Array,
    requestId: string,
  ): { -readonly [Key in keyof WireReply]: WireReply[Key] } {
    const headers: [string, string][] = [
      ['smithy-protocol', 'rpc-v2-cbor'],
      ['x-amzn-RequestId', requestId],
    ]
    if (body.length > 0) headers.push(['Content-Type', 'application/cbor'])
    return { status, headers, body }
  }

  return {
    protocol: 'rpcv2Cbor',
    streamsInput: () => false,
    decode(operation, request) {
      const bytes = request.body as Uint8Array
      const value = bytes.length === 0 ? {} : readCbor(bytes)
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw serializationException('Unexpected value type in payload')
      return operation.input === undefined ? {} : decoders(operation.input)(value)
    },
    encode(operation, output, context) {
      const body = operation.output === undefined ? noBytes : writeCbor(operation.output, output ?? {})
      return reply(200, body, context.requestId)
    },
    encodeError(error, context) {
      const known = errorShape(error)
      const code = known?.shape.name ?? error.code
      const type = known === undefined ? `${facts.commonTypePrefix}${code}` : `${facts.typePrefix}${code}`
      const message = known?.messageMember ?? 'message'
      const shape: Shape = {
        kind: 'structure',
        name: code,
        constraints: undefined,
        sensitive: false,
        union: false,
        required: [],
        xmlName: undefined,
        xmlNamespace: undefined,
        eventStream: false,
        members: [
          { name: '__type', shape: textual, traits: {} },
          { name: message, shape: textual, traits: {} },
          ...(known?.shape.members ?? []).filter(({ name }) => name !== message),
        ],
      }
      const body = writeCbor(shape, { ...error.detail, __type: type, [message]: error.message })
      const answer = reply(error.statusCode ?? known?.status ?? 400, body, context.requestId)
      if (linked.service.queryCompatible === true)
        answer.headers = [
          ...answer.headers,
          ['x-amzn-query-error', `${known?.queryCode ?? code};${faultOf(error, known)}`],
        ]
      return answer
    },
  }
}
