import { memoize } from '../../lib/index.ts'
import type { AwsError } from '../aws-error.ts'
import { plainDetail } from './aws-query.ts'
import { createErrorShapes } from './error-shapes.ts'
import { encodeEvents } from './event-output.ts'
import { eventStreamType } from './event-stream.ts'
import { type Bindings, bindingsOf, bodyOf, decodeBound, encodeBound } from './http-bindings.ts'
import { decodeRawPayload, empty, isRawPayload, isStream } from './rest-payload.ts'
import type { ServiceFacts } from './service-facts.ts'
import type { LinkedModel, LinkedOperation, Shape, StructureShape } from './shapes.ts'
import { type Codec, type ReplyContext, utf8, type WireReply, type WireRequest } from './wire.ts'
import { decodeXml } from './xml-decoder.ts'
import { createXmlEncoder, namespace } from './xml-encoder.ts'
import { malformedXml, parseXml } from './xml-parser.ts'
import { escapeXml } from './xml-text.ts'

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** How S3 calls what the door's stages call otherwise. */
const codes: Readonly<Record<string, string>> = {
  NotImplementedException: 'NotImplemented',
  RequestEntityTooLargeException: 'MaxMessageLengthExceeded',
  SerializationException: 'InvalidArgument',
}

interface Content {
  readonly type: string | undefined
  readonly body: WireReply['body']
}

/** restXml, which is S3's: members in path, query and headers, bodies as XML, bytes or streams. */
export function createRestXmlCodec(linked: LinkedModel, facts: ServiceFacts): Codec {
  const errorShape = createErrorShapes(linked)
  const xml = createXmlEncoder(facts.milliseconds)
  const inputs = memoize((shape: StructureShape) => bindingsOf(shape, 'input'))
  const outputs = memoize((shape: StructureShape) => bindingsOf(shape, 'output'))
  const xmlns = namespace(linked.service.xmlNamespace)

  function document(name: string, shape: Shape, value: unknown): Content {
    return { type: 'application/xml', body: utf8(declaration + xml.element(name, shape, value, xmlns)) }
  }

  function content(operation: LinkedOperation, places: Bindings, output: Record<string, unknown>): Content {
    const { payload } = places
    if (payload !== undefined) {
      const value = output[payload.name]
      if (value === undefined || value === null) return { type: undefined, body: empty }
      if (isRawPayload(payload))
        return { type: isStream(payload) ? 'binary/octet-stream' : 'application/json', body: bodyOf(value) }
      if (payload.shape.kind === 'structure' && payload.shape.eventStream) {
        const documents = {
          contentType: 'text/xml',
          encode: (shape: Shape, inner: unknown) => declaration + xml.element(shape.name, shape, inner),
        }
        const events = value as AsyncIterable<Record<string, unknown>>
        return { type: eventStreamType, body: encodeEvents(payload.shape, events, documents) }
      }
      return document(payload.traits.xml ?? rootOf(payload.shape), payload.shape, value)
    }
    if (places.document.members.length === 0) return { type: undefined, body: empty }
    if (operation.name === 'GetBucketLocation') return location(output)
    return document(rootOf(places.document), places.document, output)
  }

  /** The one answer whose root is the value itself. */
  function location(output: Record<string, unknown>): Content {
    const text = escapeXml(String(output['LocationConstraint'] ?? ''))
    return {
      type: 'application/xml',
      body: utf8(`${declaration}<LocationConstraint${xmlns}>${text}</LocationConstraint>`),
    }
  }

  return {
    protocol: 'restXml',
    streamsInput: operation => operation.input !== undefined && isStream(inputs(operation.input).payload),
    decode(operation, request) {
      if (operation.input === undefined) return {}
      const places = inputs(operation.input)
      const input = decodeBound(places.bound, request, operation.model.http?.[1])
      const value = decodeBody(places, request)
      if (places.payload === undefined) return Object.assign(input, value)
      if (value !== undefined) input[places.payload.name] = value
      return input
    },
    encode(operation, output, context) {
      const status = operation.model.http?.[2] ?? 200
      const value = (output ?? {}) as Record<string, unknown>
      if (operation.output === undefined) return { status, headers: idHeaders(context), body: empty }
      const places = outputs(operation.output)
      const head = encodeBound(places.bound, value, status)
      const { type, body } = content(operation, places, value)
      const headers = [...idHeaders(context), ...head.headers]
      if (type !== undefined && !headers.some(([name]) => isType(name))) headers.push(['Content-Type', type])
      return { status: isPart(value) ? 206 : head.status, headers, body }
    },
    encodeError(error, context) {
      const known = errorShape(error)
      const code = known?.shape.name ?? codes[error.code] ?? error.code
      const status = error.statusCode ?? known?.status ?? 400
      const headers = [...idHeaders(context), ...Object.entries(error.headers)]
      if (context.method === 'HEAD' || status === 304) return { status, headers, body: empty }
      const text = errorDocument(error, code, context)
      return { status, headers: [...headers, ['Content-Type', 'application/xml']], body: utf8(text) }
    },
  }
}

const isType = (name: string): boolean => name.length === 12 && name.toLowerCase() === 'content-type'

function decodeBody(places: Bindings, request: WireRequest): unknown {
  const { payload } = places
  if (payload !== undefined && isRawPayload(payload)) return decodeRawPayload(payload, request)
  if (payload === undefined && places.document.members.length === 0) return undefined
  const shape = payload?.shape ?? places.document
  const bytes = request.body as Uint8Array
  if (bytes.length === 0) return undefined
  const root = parseXml(bytes)
  if (root.name !== (payload?.traits.xml ?? rootOf(shape))) throw malformedXml()
  return decodeXml(shape, root)
}

/** The model knows no status for a part of an object. */
function isPart({ ContentRange }: Record<string, unknown>): boolean {
  return ContentRange !== undefined
}

function rootOf(shape: Shape): string {
  return (shape.kind === 'structure' ? shape.xmlName : undefined) ?? shape.name
}

function idHeaders(context: ReplyContext): (readonly [string, string])[] {
  return [
    ['x-amz-request-id', context.requestId],
    ['x-amz-id-2', hostId(context.requestId)],
    ['Server', 'AmazonS3'],
  ]
}

/** S3's second id is long and opaque; here it only has to belong to the first. */
export function hostId(requestId: string): string {
  return Buffer.from(`${requestId}${requestId}${requestId}`).toString('base64')
}

function errorDocument(error: AwsError, code: string, context: ReplyContext): string {
  return (
    `${declaration}<Error><Code>${escapeXml(code)}</Code><Message>${escapeXml(error.message)}</Message>` +
    `${plainDetail(error.detail)}<RequestId>${context.requestId}</RequestId>` +
    `<HostId>${hostId(context.requestId)}</HostId></Error>`
  )
}
