import { GatewayError } from './gateway-error.ts'

/** What a payload becomes; text where the service would treat it as text. */
export type Payload = Buffer | string

/**
 * The conversions of https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
 * as recorded for S3 in all combinations: text is decoded as UTF-8, what is none becomes U+FFFD.
 */
export function convertRequestBody(
  body: Buffer,
  binary: boolean,
  handling: 'CONVERT_TO_TEXT' | 'CONVERT_TO_BINARY' | undefined,
): Payload {
  if (binary) return handling === 'CONVERT_TO_TEXT' ? body.toString('base64') : body
  return handling === 'CONVERT_TO_BINARY' ? decodeBase64(body.toString('utf8')) : body.toString('utf8')
}

/** The way back: without a rule the Accept header decides. */
export function convertResponseBody(
  body: Buffer,
  binary: boolean,
  binaryAccepted: boolean,
  handling: 'CONVERT_TO_TEXT' | 'CONVERT_TO_BINARY' | undefined,
): Payload {
  const toText = handling === 'CONVERT_TO_TEXT' || (handling === undefined && !binaryAccepted)
  if (binary) return toText ? body.toString('base64') : body
  return toText ? body.toString('utf8') : decodeBase64(body.toString('utf8'))
}

/** Decodes strictly, for what is no base64 is 500 (recorded); line breaks are let through. */
export function decodeBase64(text: string): Buffer {
  const compact = /\s/.test(text) ? text.replaceAll(/\s+/g, '') : text
  if (compact.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(compact))
    return Buffer.from(compact, 'base64')
  throw new GatewayError('API_CONFIGURATION_ERROR', {
    explanation:
      'a body that should be base64 is not; see contentHandling, binaryMediaTypes and isBase64Encoded',
  })
}
