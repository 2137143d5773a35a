import { promisify } from 'node:util'
import { gunzip, inflate } from 'node:zlib'
import type { Authorized } from '../call.ts'
import { GatewayError } from '../gateway-error.ts'
import { headerValue } from '../request-headers.ts'

const decoders: Readonly<
  Record<string, (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>>
> = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
}

/** What a body may grow to; compressed ones count by what they hold. */
const payloadLimit = 10 * 1024 * 1024

/**
 * Undoes a request's Content-Encoding for APIs that have compression switched on:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-make-request-with-compressed-payload.html
 */
export async function decodeBody(call: Authorized): Promise<Authorized> {
  if (call.plan.api.api.minimumCompressionSize === undefined || call.request.body.length === 0) return call
  const encoding = headerValue(call.headers, 'content-encoding')
  const decode = decoders[encoding?.trim().toLowerCase() ?? '']
  if (decode === undefined) return call
  try {
    const body = await decode(call.request.body, { maxOutputLength: payloadLimit })
    return { ...call, request: { ...call.request, signal: call.request.signal, body } }
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new GatewayError('REQUEST_TOO_LARGE', { cause })
    throw new GatewayError('BAD_REQUEST_BODY', {
      message: 'Invalid request body',
      explanation: `the body is not ${encoding}, as its Content-Encoding says`,
      cause,
    })
  }
}
