import { AwsError } from '../../aws/index.ts'

/** A user, group, role … of this name is not there. */
export function noSuchEntity(message: string): AwsError {
  return new AwsError('NoSuchEntityException', message, { statusCode: 404 })
}

/** `kind` in IAM's words: `user`, `role`, `group`. */
export function notFound(kind: string, name: string): AwsError {
  return noSuchEntity(`The ${kind} with name ${name} cannot be found.`)
}

/** A managed policy is not there. */
export function policyNotFound(arn: string): AwsError {
  return noSuchEntity(`Policy ${arn} was not found.`)
}

/** A name is taken. */
export function alreadyExists(message: string): AwsError {
  return new AwsError('EntityAlreadyExistsException', message, { statusCode: 409 })
}

/** Something is still attached to what should go. */
export function deleteConflict(what: string): AwsError {
  return new AwsError('DeleteConflictException', what, { statusCode: 409 })
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export function limitExceeded(quota: string, limit: number): AwsError {
  return new AwsError('LimitExceededException', `Cannot exceed quota for ${quota}: ${limit}`, {
    statusCode: 409,
  })
}

/** A quota that IAM words by itself. */
export function quotaReached(message: string): AwsError {
  return new AwsError('LimitExceededException', message, { statusCode: 409 })
}

/** A policy document that IAM does not take. */
export function malformedPolicy(message: string): AwsError {
  return new AwsError('MalformedPolicyDocumentException', message, { statusCode: 400 })
}

/** A value that the model allows and IAM does not. */
export function invalidInput(message: string): AwsError {
  return new AwsError('InvalidInputException', message, { statusCode: 400 })
}

/** A value of the wrong form. */
export function validationError(message: string): AwsError {
  return new AwsError('ValidationError', message, { statusCode: 400 })
}
