import { AwsError } from '../aws-error.ts'
import type { ScopeFaults, SignatureDialect } from './dialect.ts'
import type { SignatureEvidence } from './evidence.ts'

const week = 604_800
const example = '"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request"'

/**
 * S3's own words about signatures, with the extra elements of its `<Error>`.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html; many recorded (shared case list `s3-errors`).
 */
export const s3Dialect: SignatureDialect = {
  twoMechanisms: () =>
    invalidArgument(
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
      'Authorization',
      '',
    ),
  unsigned: () => new AwsError('AccessDenied', 'Access Denied', { statusCode: 403 }),
  otherScheme: authorization =>
    invalidArgument('Unsupported Authorization Type', 'Authorization', authorization),
  notKeyValue: () =>
    malformedHeader(
      'the authorization header requires three components: Credential, SignedHeaders, and Signature.',
    ),
  headerIncomplete: (missing, hasDate) =>
    missing.length > 0 || hasDate
      ? malformedHeader(
          'the authorization header requires three components: Credential, SignedHeaders, and Signature.',
        )
      : new AwsError('AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header', {
          statusCode: 403,
        }),
  queryIncomplete: () =>
    queryError(
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
    ),
  algorithm: algorithm =>
    /^AWS4-/.test(algorithm)
      ? queryError('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"')
      : invalidArgument('Unsupported Authorization Type', 'Authorization', algorithm),
  date: (_text, placement) =>
    placement === 'query'
      ? queryError(`X-Amz-Date must be in the ISO8601 Long Format "yyyyMMdd'T'HHmmss'Z'"`)
      : new AwsError('AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header', {
          statusCode: 403,
        }),
  credential: (credential, placement) =>
    placement === 'query'
      ? queryError(
          `Error parsing the X-Amz-Credential parameter; the Credential is mal-formed; expecting ${example}.`,
        )
      : malformedHeader(
          credential === ''
            ? 'a non-empty Access Key (AKID) must be provided in the credential.'
            : `the Credential is mal-formed; expecting ${example}.`,
        ),
  scope: faults =>
    faults.placement === 'query'
      ? queryError(`Error parsing the X-Amz-Credential parameter; ${scopeMessage(faults)}`, region(faults))
      : malformedHeader(scopeMessage(faults), region(faults)),
  expires: text => queryError(expiresMessage(text)),
  skewed: ({ time, now, allowed }) =>
    new AwsError(
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
      {
        statusCode: 403,
        detail: {
          RequestTime: isoSeconds(time),
          ServerTime: isoSeconds(now),
          MaxAllowedSkewMilliseconds: String(allowed),
        },
      },
    ),
  presignExpired: ({ time, expires, now }) =>
    new AwsError('AccessDenied', 'Request has expired', {
      statusCode: 403,
      detail: {
        'X-Amz-Expires': String(expires),
        Expires: isoSeconds(time + expires * 1000),
        ServerTime: isoSeconds(now),
      },
    }),
  notSigned: headers =>
    new AwsError('AccessDenied', 'There were headers present in the request which were not signed', {
      statusCode: 403,
      detail: { HeadersNotSigned: headers.join(', ') },
    }),
  unknownKey: invalidAccessKey,
  inactiveKey: invalidAccessKey,
  invalidToken: token =>
    new AwsError('InvalidToken', 'The provided token is malformed or otherwise invalid.', {
      statusCode: 400,
      detail: token === undefined ? {} : { 'Token-0': token },
    }),
  expiredToken: token =>
    new AwsError('ExpiredToken', 'The provided token has expired.', {
      statusCode: 400,
      detail: { 'Token-0': token },
    }),
  mismatch: s3Mismatch,
}

/** Also what a streamed chunk with a wrong signature gets. */
export function s3Mismatch(accessKeyId: string, evidence: SignatureEvidence): AwsError {
  const { canonicalRequest, stringToSign, signatureProvided } = evidence
  return new AwsError(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    {
      statusCode: 403,
      detail: {
        AWSAccessKeyId: accessKeyId,
        StringToSign: stringToSign,
        SignatureProvided: signatureProvided,
        StringToSignBytes: hexBytes(stringToSign),
        ...(canonicalRequest === undefined
          ? {}
          : { CanonicalRequest: canonicalRequest, CanonicalRequestBytes: hexBytes(canonicalRequest) }),
      },
      cause: evidence,
    },
  )
}

/** The body is not the one whose hash was signed. */
export function payloadMismatch(claimed: string, computed: string): AwsError {
  return new AwsError(
    'XAmzContentSHA256Mismatch',
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
    {
      statusCode: 400,
      detail: { ClientComputedContentSHA256: claimed, S3ComputedContentSHA256: computed },
    },
  )
}

/** `InvalidArgument` as S3 answers it. */
export function invalidArgument(message: string, name: string, value: string): AwsError {
  return new AwsError('InvalidArgument', message, {
    statusCode: 400,
    detail: { ArgumentName: name, ArgumentValue: value },
  })
}

/** `2015-08-30T12:36:00Z`. */
export function isoSeconds(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}

function invalidAccessKey(accessKeyId: string): AwsError {
  return new AwsError(
    'InvalidAccessKeyId',
    'The AWS Access Key Id you provided does not exist in our records.',
    { statusCode: 403, detail: { AWSAccessKeyId: accessKeyId } },
  )
}

function malformedHeader(what: string, detail: Readonly<Record<string, string>> = {}): AwsError {
  return new AwsError('AuthorizationHeaderMalformed', `The authorization header is malformed; ${what}`, {
    statusCode: 400,
    detail,
  })
}

function queryError(message: string, detail: Readonly<Record<string, string>> = {}): AwsError {
  return new AwsError('AuthorizationQueryParametersError', message, { statusCode: 400, detail })
}

function scopeMessage({ scope, region, service, terminal, date }: ScopeFaults): string {
  if (service !== undefined)
    return `incorrect service "${scope.service}". This endpoint belongs to "${service}".`
  if (region !== undefined) return `the region '${scope.region}' is wrong; expecting '${region}'`
  if (terminal !== undefined)
    return `incorrect terminal "${scope.terminal}". This endpoint uses "aws4_request".`
  return `Invalid credential date "${scope.date}". This date is not the same as X-Amz-Date: "${date?.slice(0, 8)}".`
}

function region(faults: ScopeFaults): Readonly<Record<string, string>> {
  return faults.region === undefined || faults.service !== undefined ? {} : { Region: faults.region }
}

function expiresMessage(text: string): string {
  if (!/^[+-]?\d+$/.test(text)) return 'X-Amz-Expires should be a number'
  return Number(text) < 0
    ? 'X-Amz-Expires must be non-negative'
    : `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${week} seconds`
}

function hexBytes(text: string): string {
  return (Buffer.from(text, 'latin1').toString('hex').match(/../g) ?? []).join(' ')
}
