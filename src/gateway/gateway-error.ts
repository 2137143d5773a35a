import type { GatewayResponseType } from '../project/index.ts'

/**
 * What API Gateway answers by itself: which gateway response, and the facts that fill it. Turned into bytes only by
 * `gatewayReply`. Statuses and default texts:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export class GatewayError extends Error {
  override readonly name = 'GatewayError'
  readonly type: GatewayResponseType
  /** `$context.error.message`; null prints as `{"message":null}`, as failing authorizers do. */
  readonly text: string | null
  /** `x-amzn-ErrorType`. */
  readonly errorType: string
  readonly status: number
  /** What to do about it; for the terminal and the journal, never for the client. */
  readonly explanation: string | undefined
  /** `$context.error.validationErrorString`. */
  readonly validationErrors: string | undefined

  constructor(
    type: GatewayResponseType,
    options: {
      readonly message?: string | null
      readonly status?: number
      readonly errorType?: string
      readonly explanation?: string
      readonly validationErrors?: string
      readonly cause?: unknown
    } = {},
  ) {
    const defaults = gatewayResponseDefaults[type]
    const text = options.message === undefined ? defaults.message : options.message
    super(text ?? 'null', 'cause' in options ? { cause: options.cause } : undefined)
    this.type = type
    this.text = text
    this.status = options.status ?? defaults.status
    this.errorType = options.errorType ?? defaults.errorType
    this.explanation = options.explanation
    this.validationErrors = options.validationErrors
  }
}

interface GatewayResponseDefault {
  readonly status: number
  readonly errorType: string
  readonly message: string | null
}

const internal = { errorType: 'InternalServerErrorException', message: 'Internal server error' }

/**
 * Statuses are recorded (GetGatewayResponses). Error types are recorded for MISSING_AUTHENTICATION_TOKEN,
 * BAD_REQUEST_*, API_CONFIGURATION_ERROR and INTEGRATION_FAILURE, the others are documented or assumed.
 */
export const gatewayResponseDefaults: Readonly<Record<GatewayResponseType, GatewayResponseDefault>> = {
  ACCESS_DENIED: {
    status: 403,
    errorType: 'AccessDeniedException',
    message: 'User is not authorized to access this resource',
  },
  API_CONFIGURATION_ERROR: { status: 500, ...internal },
  AUTHORIZER_CONFIGURATION_ERROR: {
    status: 500,
    errorType: 'AuthorizerConfigurationException',
    message: null,
  },
  AUTHORIZER_FAILURE: { status: 500, errorType: 'AuthorizerFailureException', message: null },
  BAD_REQUEST_BODY: { status: 400, errorType: 'BadRequestException', message: 'Invalid request body' },
  BAD_REQUEST_PARAMETERS: {
    status: 400,
    errorType: 'BadRequestException',
    message: 'Invalid request parameters',
  },
  DEFAULT_4XX: { status: 400, errorType: 'BadRequestException', message: 'Bad Request' },
  DEFAULT_5XX: { status: 500, ...internal },
  EXPIRED_TOKEN: {
    status: 403,
    errorType: 'ExpiredTokenException',
    message: 'The security token included in the request is expired',
  },
  INTEGRATION_FAILURE: { status: 504, ...internal },
  INTEGRATION_TIMEOUT: {
    status: 504,
    errorType: 'InternalServerErrorException',
    message: 'Endpoint request timed out',
  },
  INVALID_API_KEY: { status: 403, errorType: 'ForbiddenException', message: 'Forbidden' },
  INVALID_SIGNATURE: {
    status: 403,
    errorType: 'InvalidSignatureException',
    message:
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
  },
  MISSING_AUTHENTICATION_TOKEN: {
    status: 403,
    errorType: 'MissingAuthenticationTokenException',
    message: 'Missing Authentication Token',
  },
  QUOTA_EXCEEDED: { status: 429, errorType: 'LimitExceededException', message: 'Limit Exceeded' },
  REQUEST_TOO_LARGE: {
    status: 413,
    errorType: 'RequestEntityTooLargeException',
    message: 'HTTP content length exceeded 10485760 bytes.',
  },
  RESOURCE_NOT_FOUND: {
    status: 404,
    errorType: 'ResourceNotFoundException',
    message: 'No method found matching route',
  },
  THROTTLED: { status: 429, errorType: 'TooManyRequestsException', message: 'Too Many Requests' },
  UNAUTHORIZED: { status: 401, errorType: 'UnauthorizedException', message: 'Unauthorized' },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    errorType: 'BadRequestException',
    message: 'Unsupported Media Type',
  },
  WAF_FILTERED: { status: 403, errorType: 'ForbiddenException', message: 'Forbidden' },
}
