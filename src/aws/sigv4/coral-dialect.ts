import { createHash } from 'node:crypto'
import { AwsError } from '../aws-error.ts'
import { amzDate } from './amz-date.ts'
import type { ScopeFaults, SignatureDialect, Skew } from './dialect.ts'
import type { SignatureEvidence } from './evidence.ts'

/** What differs between the protocols of all services but S3. */
export interface CoralWording {
  /** Query services answer 403 (400 for an incomplete signature), JSON services 400, REST-JSON services 403. */
  readonly status: 400 | 403
  readonly incompleteStatus: 400 | 403
  /** JSON shapes carry `Exception`; the query protocol's codes do not. */
  readonly codes: 'plain' | 'exception'
  readonly unsignedMessage: string
  /** API Gateway says what is missing even where the header is of another scheme. */
  readonly explainsOtherSchemes: boolean
}

/**
 * The words of the front end that all services but S3 share.
 * Messages and order: recorded in https://github.com/mhart/dynalite (index.js) and
 * https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
 */
export function coralDialect(wording: CoralWording): SignatureDialect {
  const code = (plain: string, exception: string) => (wording.codes === 'plain' ? plain : exception)
  const refuse = (
    plain: string,
    exception: string,
    message: string,
    statusCode: number = wording.status,
    cause?: unknown,
  ) =>
    new AwsError(
      code(plain, exception),
      message,
      cause === undefined ? { statusCode } : { statusCode, cause },
    )
  const incomplete = (message: string) =>
    refuse('IncompleteSignature', 'IncompleteSignatureException', message, wording.incompleteStatus)
  const mismatch = (message: string, cause?: unknown) =>
    refuse('SignatureDoesNotMatch', 'InvalidSignatureException', message, wording.status, cause)
  const unrecognised = (message: string) =>
    refuse('InvalidClientTokenId', 'UnrecognizedClientException', message)
  const unsigned = () =>
    refuse('MissingAuthenticationToken', 'MissingAuthenticationTokenException', wording.unsignedMessage)
  const headerIncomplete = (missing: readonly string[], hasDate: boolean, authorization: string) =>
    incomplete(
      missing.map(name => `Authorization header requires '${name}' parameter. `).join('') +
        (hasDate
          ? ''
          : "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ") +
        `(Hashed with SHA-256 and encoded with Base64) Authorization=${hashed(authorization)}`,
    )

  return {
    twoMechanisms: () =>
      mismatch("Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header."),
    unsigned,
    otherScheme: (authorization, hasDate) =>
      wording.explainsOtherSchemes
        ? / [^=]*$/.test(authorization)
          ? incomplete(notKeyValue(authorization))
          : headerIncomplete(['Credential', 'Signature', 'SignedHeaders'], hasDate, authorization)
        : unsigned(),
    notKeyValue: authorization => incomplete(notKeyValue(authorization)),
    headerIncomplete,
    queryIncomplete: missing =>
      incomplete(
        `${missing.map(name => `AWS query-string parameters must include '${name}'. `).join('')}Re-examine the query-string parameters.`,
      ),
    algorithm: algorithm => incomplete(`Unsupported AWS 'algorithm': '${algorithm}'. `),
    date: text =>
      incomplete(
        `Date must be in ISO-8601 'basic format'. Got '${text}'. See http://en.wikipedia.org/wiki/ISO_8601`,
      ),
    credential: (credential, _placement, regional) =>
      incomplete(
        regional
          ? `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`
          : `Credential must have exactly 4 slash-delimited elements, e.g. keyid/date/service/term, got '${credential}'`,
      ),
    scope: faults => mismatch(scopeMessage(faults)),
    expires: text =>
      incomplete(`'X-Amz-Expires' must be an integer between 1 and 604800 seconds. Got '${text}'.`),
    skewed: skew => mismatch(skewMessage(skew)),
    presignExpired: ({ time, expires, now }) =>
      wording.explainsOtherSchemes
        ? mismatch(`Signature expired: ${amzDate(time)} is now earlier than ${amzDate(now - expires * 1000)}`)
        : refuse('RequestExpired', 'RequestExpired', 'Request has expired.', 400),
    notSigned: () => mismatch("'Host' must be a 'SignedHeader' in the AWS Authorization."),
    unknownKey: () => unrecognised('The security token included in the request is invalid.'),
    inactiveKey: () => unrecognised('The security token included in the request is invalid.'),
    invalidToken: () => unrecognised('The security token included in the request is invalid'),
    expiredToken: () =>
      refuse(
        'ExpiredToken',
        'ExpiredTokenException',
        'The security token included in the request is expired',
      ),
    mismatch: (_accessKeyId, evidence) => mismatch(mismatchMessage(wording.codes, evidence), evidence),
  }
}

function hashed(authorization: string): string {
  return createHash('sha256').update(authorization).digest('base64')
}

function notKeyValue(authorization: string): string {
  return `Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '${hashed(authorization)}'.`
}

function scopeMessage({ scope, region, service, terminal, date }: ScopeFaults): string {
  const sentences: string[] = []
  if (region !== undefined) sentences.push('Credential should be scoped to a valid region. ')
  if (service !== undefined) sentences.push(`Credential should be scoped to correct service: '${service}'. `)
  if (terminal !== undefined)
    sentences.push(
      `Credential should be scoped with a valid terminator: 'aws4_request', not '${scope.terminal}'. `,
    )
  if (date !== undefined)
    sentences.push(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.date}' != '${date.slice(0, 8)}', from '${date}'. `,
    )
  return sentences.join('')
}

function skewMessage({ time, now, allowed }: Skew): string {
  const minutes = `${allowed / 60_000} min.`
  return time < now
    ? `Signature expired: ${amzDate(time)} is now earlier than ${amzDate(now - allowed)} (${amzDate(now)} - ${minutes})`
    : `Signature not yet current: ${amzDate(time)} is still later than ${amzDate(now + allowed)} (${amzDate(now)} + ${minutes})`
}

/** JSON services repeat canonical string and string to sign; STS, IAM and SQS leave it at the first sentence. */
function mismatchMessage(codes: 'plain' | 'exception', evidence: SignatureEvidence): string {
  const first =
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'
  if (codes === 'plain' || evidence.canonicalRequest === undefined) return first
  return `${first}\n\nThe Canonical String for this request should have been\n'${evidence.canonicalRequest}'\n\nThe String-to-Sign should have been\n'${evidence.stringToSign}'\n`
}
