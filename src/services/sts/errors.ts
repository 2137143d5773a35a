import { AwsError } from '../../aws/index.ts'

/** A refusal that is not about a policy, or about one that STS does not name. */
export function accessDenied(message: string): AwsError {
  return new AwsError('AccessDenied', message, { statusCode: 403 })
}

/** The answer for a role that is not there, too: STS does not tell which. */
export function mayNotAssume(callerArn: string, roleArn: string): AwsError {
  return accessDenied(
    `User: ${callerArn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
  )
}

/** A value of the wrong form or size. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message, { statusCode: 400 })
}

/** A session policy that IAM does not take. */
export function malformedPolicy(message: string): AwsError {
  return new AwsError('MalformedPolicyDocumentException', message, { statusCode: 400 })
}

/** Session policies and tags that are too large together. */
export function packedPolicyTooLarge(percent: number): AwsError {
  return new AwsError(
    'PackedPolicyTooLargeException',
    `Packed size of session tags consumes ${percent}% of allotted space.`,
    { statusCode: 400 },
  )
}

/** A web identity token that says nothing usable. */
export function invalidIdentityToken(message: string): AwsError {
  return new AwsError('InvalidIdentityTokenException', message, { statusCode: 400 })
}

/** A web identity token whose time is over. */
export function tokenExpired(message: string): AwsError {
  return new AwsError('ExpiredTokenException', message, { statusCode: 400 })
}

/** The three ways in which a code of an MFA device is not taken. */
export const mfaFailed = {
  incomplete: () =>
    accessDenied(
      'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
    ),
  unknownDevice: () =>
    accessDenied(
      'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.',
    ),
  wrongCode: () => accessDenied('MultiFactorAuthentication failed with invalid MFA one time pass code. '),
}
