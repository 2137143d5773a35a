import { AwsError } from '../aws/index.ts'
import type { InvokingService } from '../ports/index.ts'

/** What Lambda's Invoke itself answers when it does not come to running the function. */
// https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors

export function functionNotFound(arn: string): AwsError {
  return new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, {
    statusCode: 404,
    detail: { Type: 'User' },
  })
}

export function tooManyRequests(
  reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' | 'ConcurrentInvocationLimitExceeded',
): AwsError {
  return new AwsError('TooManyRequestsException', 'Rate Exceeded.', {
    statusCode: 429,
    detail: { Type: 'User', Reason: reason },
  })
}

export function requestTooLarge(limit: number): AwsError {
  return new AwsError(
    'RequestTooLargeException',
    `Request must be smaller than ${limit} bytes for the InvokeFunction operation`,
    { statusCode: 413, detail: { Type: 'User' } },
  )
}

export function invalidRequestContent(
  cause: unknown,
  reason = cause instanceof Error ? cause.message : String(cause),
): AwsError {
  return new AwsError(
    'InvalidRequestContentException',
    `Could not parse request body into json: Could not parse payload into json: ${reason}`,
    { statusCode: 400, detail: { Type: 'User' }, cause },
  )
}

export function invalidFunctionName(name: string): AwsError {
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${name}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}(-gov)?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_\\.]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?`,
    { statusCode: 400 },
  )
}

/** The sentence is IAM's for services: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export function serviceNotPermitted({ principal }: InvokingService, arn: string): AwsError {
  return new AwsError(
    'AccessDeniedException',
    `User: ${principal} is not authorized to perform: lambda:InvokeFunction on resource: ${arn} because no resource-based policy allows the lambda:InvokeFunction action`,
    { statusCode: 403, detail: { Type: 'User' } },
  )
}

export function recursiveInvocation(): AwsError {
  return new AwsError(
    'RecursiveInvocationException',
    'Lambda has detected your function being invoked in a recursive loop with other AWS resources and stopped your function’s invocation.',
    { statusCode: 400, detail: { Type: 'User' } },
  )
}
