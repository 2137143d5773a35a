import { AwsError, type ServiceFacts, type StreamedBody, unsqueeze } from '../aws/index.ts'

/**
 * The body that was sent squeezed; the signature is over what was sent, so this comes after it. SDKs squeeze large
 * inputs of CloudWatch; DynamoDB takes `deflate` too, and what is not as its header says is an internal error there
 * (ScyllaDB's suite, run on AWS).
 */
export function inflate(
  body: Uint8Array | StreamedBody,
  headers: Readonly<Record<string, string>>,
  limit: number,
  { contentCodings: isStrict }: Pick<ServiceFacts, 'contentCodings'>,
): Uint8Array | StreamedBody {
  const coding = headers['content-encoding']
  if (!(body instanceof Uint8Array) || coding === undefined || coding === 'identity') return body
  if (!isStrict && coding !== 'gzip') return body
  try {
    return unsqueeze(coding, body, limit)
  } catch (cause) {
    const what = `The request is not the ${coding} that it says it is.`
    throw isStrict
      ? new AwsError('InternalServerError', what, { statusCode: 500, cause })
      : new AwsError('SerializationException', what, { statusCode: 400, cause })
  }
}
