import { crc32 } from 'node:zlib'
import { encodeEvents } from './event-output.ts'
import { eventStreamType } from './event-stream.ts'
import { createJsonDecoders, decodeBlobAsText } from './json-decoder.ts'
import { createJsonEncoders } from './json-encoder.ts'
import { createJsonErrors } from './json-errors.ts'
import { parseJson } from './json-text.ts'
import type { ServiceFacts } from './service-facts.ts'
import type { LinkedModel, LinkedOperation } from './shapes.ts'
import { type Codec, utf8, type WireReply } from './wire.ts'

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
  const encoders = createJsonEncoders(false)
  const encodeJsonError = createJsonErrors(linked, facts, { typed: true, jsonNames: false })
  const contentType = `application/x-amz-json-${protocol === 'awsJson1_0' ? '1.0' : '1.1'}`

  function reply(
    status: number,
    text: string,
    requestId: string,
  ): { -readonly [Key in keyof WireReply]: WireReply[Key] } {
    const body = utf8(text)
    const headers: [string, string][] = [
      ['x-amzn-RequestId', requestId],
      ['Content-Type', contentType],
    ]
    if (facts.crc32) headers.push(['x-amz-crc32', String(crc32(body))])
    return { status, headers, body }
  }

  function stream(
    operation: LinkedOperation,
    output: Record<string, unknown>,
    requestId: string,
  ): WireReply | undefined {
    const member = operation.output?.members.find(
      ({ shape }) => shape.kind === 'structure' && shape.eventStream,
    )
    if (member === undefined || member.shape.kind !== 'structure' || operation.output === undefined)
      return undefined
    const { [member.name]: events, ...rest } = output
    const documents = {
      contentType,
      encode: (shape: Parameters<typeof encoders>[0], value: unknown) => encoders(shape)(value),
    }
    const initial = {
      headers: { ':message-type': 'event', ':event-type': 'initial-response', ':content-type': contentType },
      payload: utf8(encoders(operation.output)(rest)),
    }
    return {
      status: 200,
      headers: [
        ['x-amzn-RequestId', requestId],
        ['Content-Type', eventStreamType],
      ],
      body: encodeEvents(member.shape, events as AsyncIterable<Record<string, unknown>>, documents, initial),
    }
  }

  return {
    protocol,
    streamsInput: () => false,
    decode(operation, request) {
      const value = parseJson(request.body as Uint8Array)
      return operation.input === undefined ? {} : decoders(operation.input)(value)
    },
    encode(operation, output, context) {
      if (operation.output === undefined)
        return { status: 200, headers: reply(200, '', context.requestId).headers, body: utf8('') }
      const value = (output ?? {}) as Record<string, unknown>
      return (
        stream(operation, value, context.requestId) ??
        reply(200, encoders(operation.output)(value), context.requestId)
      )
    },
    encodeError(error, context) {
      const { status, body, queryError } = encodeJsonError(error)
      const answer = reply(status, body, context.requestId)
      if (linked.service.queryCompatible === true)
        answer.headers = [...answer.headers, ['x-amzn-query-error', queryError]]
      return answer
    },
  }
}
