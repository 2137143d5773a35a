import { AwsError, type WireReply } from '../aws/index.ts'

/** What AWS has and Lambdarium has not. */
export function notImplemented(service: string, operation: string): AwsError {
  const message = `${service}:${operation} is an operation of AWS that Lambdarium does not implement.`
  return new AwsError('NotImplementedException', message, { statusCode: 501 })
}

/** What a page hears that may not change anything. */
export function foreignPageError(): AwsError {
  const message =
    'A page of this origin may not change anything here; the project can allow it (allowedOrigins).'
  return new AwsError('AccessForbidden', message, { statusCode: 403 })
}

/** The answer where not even the service is known: JSON, which most services speak. */
export function withoutService(error: AwsError, requestId: string): WireReply {
  const body = Buffer.from(JSON.stringify({ __type: error.code, message: error.message }))
  const headers: [string, string][] = [
    ['Content-Type', 'application/x-amz-json-1.0'],
    ['x-amzn-RequestId', requestId],
    ['x-amzn-ErrorType', error.code],
  ]
  return { status: error.statusCode ?? 400, headers, body }
}
