import type { Mapped } from '../call.ts'
import { convertRequestBody, type Payload } from '../content-handling.ts'
import type { GatewayParts } from '../gateway.ts'
import { findHeader } from '../header-list.ts'
import { defaultMediaType } from '../media-type.ts'
import { headerValue } from '../request-headers.ts'
import type { BackendAnswer } from './http-client.ts'

/**
 * The client's body as an HTTP proxy integration passes it on: what `binaryMediaTypes` does not name is text, and bytes
 * that are no UTF-8 do not survive that (reported by many users; the conversions are those recorded for S3):
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
 */
export function proxiedRequestBody(parts: GatewayParts, call: Mapped): Payload {
  const { body } = call.request
  if (body.length === 0) return body
  const type = headerValue(call.headers, 'content-type') ?? defaultMediaType
  const binary = call.plan.api.isBinary(type)
  const { contentHandling } = call.plan.method.integration
  const converted = convertRequestBody(body, binary, contentHandling)
  if (!binary && contentHandling !== 'CONVERT_TO_BINARY' && isDamaged(body, converted))
    warn(parts, call, `the request's body is binary and ${type} is not among binaryMediaTypes`)
  return converted
}

/** The backend's body on its way back; compressed ones stay as they are (assumed). */
export function proxiedAnswer(parts: GatewayParts, call: Mapped, answer: BackendAnswer): BackendAnswer {
  const { body, headers } = answer
  if (body.length === 0 || findHeader(headers, 'content-encoding') !== undefined) return answer
  const type = findHeader(headers, 'content-type')
  if (call.plan.api.isBinary(type)) {
    if (call.plan.api.isBinary(headerValue(call.headers, 'accept'))) return answer
    warn(
      parts,
      call,
      'the answer is binary and the first type of the client’s Accept is not among binaryMediaTypes: it is sent as base64',
    )
    return { ...answer, body: Buffer.from(body.toString('base64')) }
  }
  const text = body.toString('utf8')
  if (!isDamaged(body, text)) return answer
  warn(parts, call, `the answer is binary and ${type ?? 'no Content-Type'} is not among binaryMediaTypes`)
  return { ...answer, body: Buffer.from(text) }
}

function isDamaged(body: Buffer, converted: Payload): boolean {
  return typeof converted === 'string' && converted.includes('\uFFFD') && !body.equals(Buffer.from(converted))
}

function warn(parts: GatewayParts, call: Mapped, what: string): void {
  parts.log.warn(
    { trace: call.entry.id, method: call.request.method, url: call.request.rawUrl },
    `${what}; API Gateway damages such a body, x-amazon-apigateway-binary-media-types lets it pass`,
  )
}
