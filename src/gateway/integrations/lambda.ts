import { AwsError } from '../../aws/index.ts'
import type { InvocationResult, InvocationType } from '../../ports/index.ts'
import type { IntegrationAnswer, Mapped } from '../call.ts'
import { withinTimeout } from '../deadline.ts'
import type { GatewayParts } from '../gateway.ts'
import { GatewayError } from '../gateway-error.ts'
import { gatewayService } from '../gateway-service.ts'
import { findHeader } from '../header-list.ts'
import { locateJsonProblem } from '../json-problem.ts'
import { callersOwn, requireInvokePermission } from './pass-through.ts'

/** Runs a function with the rendered body as its event. */
export async function invokeFunction(parts: GatewayParts, call: Mapped): Promise<InvocationResult> {
  const { target, timeoutInMillis, credentials } = call.plan.method.integration
  if (target.kind !== 'lambda') throw new TypeError('no Lambda integration')
  const { body, headers } = call.integrationRequest
  const payload = typeof body === 'string' ? Buffer.from(body, 'utf8') : body
  const qualifier = target.qualifier?.(call.stageVariables)
  const clientContext = findHeader(headers, 'x-amz-client-context')
  const functionName = target.functionName(call.stageVariables)
  // Passed-through credentials are how a function learns the identity.
  const passed = credentials === callersOwn
  const identity = passed ? call.caller.cognito : undefined
  if (passed)
    await requireInvokePermission(
      parts,
      call,
      functionName + (qualifier === undefined ? '' : `:${qualifier}`),
    )
  try {
    return await withinTimeout(parts, timeoutInMillis, () =>
      parts.functions.invoke({
        functionName,
        ...(qualifier !== undefined && { qualifier }),
        invocationType: invocationType(findHeader(headers, 'x-amz-invocation-type')),
        // Lambda takes an empty payload as an empty event.
        payload: payload.length === 0 ? emptyEvent : payload,
        // The event of a proxy integration was printed by us; what a template rendered may be anything.
        isJson: call.plan.method.integration.type === 'AWS_PROXY',
        ...(clientContext !== undefined && { clientContext }),
        ...(identity !== undefined && {
          cognitoIdentity: { identityId: identity.identityId, identityPoolId: identity.identityPoolId },
        }),
        // With a role the gateway asks as that role; without one the function's policy must let the gateway in.
        ...(credentials === undefined && {
          onBehalfOf: gatewayService(
            parts,
            call,
            `${call.stage.name}/${call.request.method}${call.plan.method.resourcePath}`,
          ),
        }),
        traceId: call.trace.full,
        cause: call.entry.id,
      }),
    )
  } catch (error) {
    throw error instanceof AwsError ? refusedByLambda(error, body.toString()) : error
  }
}

const emptyEvent = Buffer.from('{}')

/** What a Lambda custom integration answered: the function's result, selected by its `errorMessage`. */
export async function answerLambda(parts: GatewayParts, call: Mapped): Promise<IntegrationAnswer> {
  const result = await invokeFunction(parts, call)
  const body = Buffer.from(result.payload.buffer, result.payload.byteOffset, result.payload.byteLength)
  return {
    status: result.statusCode,
    headers: [
      ['Content-Type', 'application/json'],
      ['x-amzn-RequestId', result.requestId],
      ['X-Amz-Executed-Version', result.executedVersion],
      ...(result.functionError === undefined
        ? []
        : [['X-Amz-Function-Error', result.functionError] as const]),
      ['X-Amzn-Trace-Id', call.trace.full],
    ],
    body,
    // Without an error the text is empty, so that `.+` does not match (measured, localstack#12574).
    selection: errorMessageOf(body),
  }
}

/** The `errorMessage` of a result, whether the function threw it or returned it. */
export function errorMessageOf(body: Buffer): string {
  if (!body.includes('"errorMessage"')) return ''
  try {
    const { errorMessage } = (JSON.parse(body.toString('utf8')) ?? {}) as { errorMessage?: unknown }
    return typeof errorMessage === 'string' ? errorMessage : ''
  } catch {
    return ''
  }
}

function invocationType(value: string | undefined): InvocationType {
  return value === 'Event' || value === 'DryRun' ? value : 'RequestResponse'
}

/**
 * A rejected Invoke is 500: https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway-errors.html. An event
 * that is no JSON is the caller's fault: 400 with Lambda's text (seen in serverless/serverless#2270).
 */
function refusedByLambda(error: AwsError, body: string): GatewayError {
  if (error.code === 'InvalidRequestContentException') {
    const problem = locateJsonProblem(body)
    return new GatewayError('BAD_REQUEST_BODY', {
      message: error.message,
      explanation:
        problem === undefined
          ? error.message
          : `the rendered integration request is no JSON: ${problem.message} at line ${problem.line}, column ${problem.column}\n${problem.frame}`,
      cause: error,
    })
  }
  if (error.code === 'AccessDeniedException')
    // As on AWS the caller learns nothing of it: "Invalid permissions on Lambda function" stands in the execution log.
    return new GatewayError('API_CONFIGURATION_ERROR', {
      explanation: `Invalid permissions on Lambda function: ${error.message}. Give it: aws lambda add-permission --statement-id gateway --principal apigateway.amazonaws.com --action lambda:InvokeFunction --function-name …`,
      cause: error,
    })
  if (error.code === 'RequestTooLargeException')
    return new GatewayError('REQUEST_TOO_LARGE', {
      message: 'Request Too Long',
      explanation: error.message,
      cause: error,
    })
  return new GatewayError('INTEGRATION_FAILURE', {
    status: 500,
    explanation: `Lambda refused the invocation: ${error.code}: ${error.message}`,
    cause: error,
  })
}
