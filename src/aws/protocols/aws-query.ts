import { createErrorShapes, faultOf } from './error-shapes.ts'
import { decodeQuery } from './query-decoder.ts'
import { parseQuery } from './request-url.ts'
import type { ServiceFacts } from './service-facts.ts'
import type { LinkedModel } from './shapes.ts'
import { type Codec, utf8, type WireReply } from './wire.ts'
import { createXmlEncoder } from './xml-encoder.ts'
import { escapeXml, wellFormed } from './xml-text.ts'

/** How the query protocol calls what the door's stages call otherwise. */
const codes: Readonly<Record<string, string>> = {
  NotImplementedException: 'NotImplemented',
  RequestEntityTooLargeException: 'RequestEntityTooLarge',
  SerializationException: 'MalformedInput',
}

/** awsQuery: a form in, XML out. */
export function createAwsQueryCodec(linked: LinkedModel, facts: ServiceFacts): Codec {
  const errorShape = createErrorShapes(linked)
  const xml = createXmlEncoder(facts.milliseconds)
  const { id, xmlNamespace = '' } = linked.service

  function reply(status: number, text: string, requestId: string): WireReply {
    const headers: [string, string][] = [
      ['x-amzn-RequestId', requestId],
      ['Content-Type', 'text/xml'],
    ]
    return { status, headers, body: utf8(wellFormed(text)) }
  }

  return {
    protocol: 'awsQuery',
    streamsInput: () => false,
    decode(operation, request) {
      if (operation.input === undefined) return {}
      const form =
        request.method === 'POST' ? parseQuery(Buffer.from(request.body as Uint8Array).toString('utf8')) : []
      const parameters = [...request.query, ...form]
      const input = decodeQuery(operation.input, parameters) as Record<string, unknown>
      // Older SQS clients send to the queue's URL itself.
      const isQueue = id === 'sqs' && operation.input.members.some(member => member.name === 'QueueUrl')
      if (isQueue && input['QueueUrl'] === undefined && request.path.split('/').length > 2)
        input['QueueUrl'] = `http://${request.headers['host'] ?? ''}${request.path}`
      return input
    },
    encode(operation, output, context) {
      const { name } = operation
      const result =
        operation.output === undefined
          ? ''
          : `<${name}Result>${xml.content(operation.output, output ?? {})}</${name}Result>`
      const metadata = `<ResponseMetadata><RequestId>${context.requestId}</RequestId></ResponseMetadata>`
      const text = `<${name}Response xmlns="${xmlNamespace}">${result}${metadata}</${name}Response>`
      return reply(200, text, context.requestId)
    },
    encodeError(error, context) {
      const known = errorShape(error)
      const code = known?.queryCode ?? codes[error.code] ?? error.code
      const status = error.statusCode ?? known?.queryStatus ?? 400
      const detail =
        known === undefined
          ? plainDetail(error.detail)
          : xml.content(
              {
                ...known.shape,
                members: known.shape.members.filter(({ name }) => name !== known.messageMember),
              },
              error.detail,
            )
      const text =
        `<ErrorResponse xmlns="${xmlNamespace}"><Error><Type>${faultOf(error, known)}</Type>` +
        `<Code>${escapeXml(code)}</Code><Message>${escapeXml(error.message)}</Message>${detail}</Error>` +
        `<RequestId>${context.requestId}</RequestId></ErrorResponse>`
      return reply(status, text, context.requestId)
    },
  }
}

/** Members of an error that no model describes: text as text. */
export function plainDetail(detail: Readonly<Record<string, unknown>>): string {
  let text = ''
  for (const [name, value] of Object.entries(detail))
    if (value !== undefined && value !== null && /^[A-Za-z_][\w.-]*$/.test(name))
      text += `<${name}>${escapeXml(typeof value === 'object' ? JSON.stringify(value) : String(value))}</${name}>`
  return text
}
