import { createHmac, timingSafeEqual } from 'node:crypto'
import { AwsError } from '../aws-error.ts'
import type { Principal } from '../principal.ts'
import { parseAmzDate } from './amz-date.ts'
import type { CredentialsDirectory } from './credential.ts'
import { parseCredential } from './credential-scope.ts'
import { invalidArgument, s3Dialect, s3Mismatch } from './s3-dialect.ts'
import { checkSession, usableCredential } from './session-token.ts'
import { deriveSigningKey } from './signing-keys.ts'
import { sameBytes } from './verifier.ts'

/** Finds out who signed the policy of an HTML form. */
export type FormAuthenticator = (
  /** The form's fields, names in lower case. */
  fields: Readonly<Record<string, string>>,
  /** Milliseconds since 1970. */
  now: number,
) => Promise<Principal>

/**
 * Verifies the signature over the base64 `policy` field of S3's browser uploads: SigV4, or SigV2 where the form has
 * `AWSAccessKeyId`. Whether the policy's conditions hold is S3's business.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-authentication-HTTPPOST.html
 */
export function createFormAuthenticator(directory: CredentialsDirectory): FormAuthenticator {
  return async (fields, now) => {
    const signed = 'awsaccesskeyid' in fields || 'signature' in fields ? sigV2Form(fields) : sigV4Form(fields)
    const found = await directory.find(signed.accessKeyId)
    const token = fields['x-amz-security-token']
    const facts = { dialect: s3Dialect, request: { now } }
    const credential = usableCredential(facts, found, signed.accessKeyId, token)
    if (!signed.matches(credential.secretAccessKey))
      throw s3Mismatch(signed.accessKeyId, {
        stringToSign: fields['policy'] ?? '',
        signatureProvided: signed.signature,
      })
    checkSession(facts, credential, token)
    return credential.principal
  }
}

interface SignedForm {
  readonly accessKeyId: string
  readonly signature: string
  readonly matches: (secretAccessKey: string) => boolean
}

function sigV4Form(fields: Readonly<Record<string, string>>): SignedForm {
  const [policy, algorithm, text, date, signature] = (
    [
      ['policy', 'Policy'],
      ['x-amz-algorithm', 'X-Amz-Algorithm'],
      ['x-amz-credential', 'X-Amz-Credential'],
      ['x-amz-date', 'X-Amz-Date'],
      ['x-amz-signature', 'X-Amz-Signature'],
    ] as const
  ).map(([field, name]) => required(fields, field, name)) as [string, string, string, string, string]
  if (algorithm !== 'AWS4-HMAC-SHA256') throw s3Dialect.algorithm(algorithm)
  if (parseAmzDate(date) === undefined) throw s3Dialect.date(date, 'query')
  const scoped = parseCredential(text, true)
  if (scoped === undefined) throw s3Dialect.credential(text, 'query', true)
  const { accessKeyId, scope } = scoped
  return {
    accessKeyId,
    signature,
    matches: secret =>
      sameBytes(createHmac('sha256', deriveSigningKey(secret, scope)).update(policy).digest(), signature),
  }
}

function sigV2Form(fields: Readonly<Record<string, string>>): SignedForm {
  const accessKeyId = required(fields, 'awsaccesskeyid', 'AWSAccessKeyId')
  const policy = required(fields, 'policy', 'Policy')
  const signature = required(fields, 'signature', 'Signature')
  return {
    accessKeyId,
    signature,
    matches: secret => {
      const expected = createHmac('sha1', secret).update(policy).digest()
      const provided = Buffer.from(signature, 'base64')
      return provided.length === expected.length && timingSafeEqual(expected, provided)
    },
  }
}

/** The text is recorded from S3, two blanks included. */
function required(fields: Readonly<Record<string, string>>, field: string, name: string): string {
  const value = fields[field]
  if (value !== undefined && value !== '') return value
  throw field === 'policy'
    ? new AwsError('AccessDenied', 'Access Denied', { statusCode: 403 })
    : invalidArgument(
        `Bucket POST must contain a field named '${name}'.  If it is specified, please check the order of the fields.`,
        name,
        '',
      )
}
