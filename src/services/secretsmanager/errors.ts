import { AwsError } from '../../aws/index.ts'

/** Texts as recorded from AWS where a snapshot of it is public
 * (https://github.com/localstack/localstack/blob/main/tests/aws/services/secretsmanager/test_secretsmanager.snapshot.json);
 * the others are assumed from the API reference. */
export const resourceNotFound = (): AwsError =>
  new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.")

/** `what` is `staging label: AWSCURRENT` or `VersionId: …`. */
export const secretValueNotFound = (what: string): AwsError =>
  new AwsError(
    'ResourceNotFoundException',
    `Secrets Manager can't find the specified secret value for ${what}`,
  )

export const invalidRequest = (message: string): AwsError => new AwsError('InvalidRequestException', message)

export const invalidParameter = (message: string): AwsError =>
  new AwsError('InvalidParameterException', message)

export const invalidName = (): AwsError =>
  new AwsError(
    'ValidationException',
    'Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!',
    { statusCode: 400 },
  )

export const markedForDeletion = (): AwsError =>
  invalidRequest("You can't perform this operation on the secret because it was marked for deletion.")

export const scheduledForDeletion = (): AwsError =>
  invalidRequest(
    "You can't create this secret because a secret with this name is already scheduled for deletion.",
  )

export const secretExists = (name: string): AwsError =>
  new AwsError('ResourceExistsException', `The operation failed because the secret ${name} already exists.`)

export const tokenInUse = (token: string, arn: string): AwsError =>
  new AwsError(
    'ResourceExistsException',
    `You can't use ClientRequestToken ${token} because that value is already in use for a version of secret ${arn}.`,
  )

export const onReplica = (): AwsError =>
  invalidRequest("Operation not permitted on a replica secret. Call must be made in primary secret's region.")

export const invalidNextToken = (): AwsError =>
  new AwsError('InvalidNextTokenException', 'The NextToken value is invalid.')

export const limitExceeded = (message: string): AwsError => new AwsError('LimitExceededException', message)

export const malformedPolicy = (message: string, cause?: unknown): AwsError =>
  new AwsError('MalformedPolicyDocumentException', message, { cause })

export const publicPolicy = (): AwsError =>
  new AwsError(
    'PublicPolicyException',
    'The BlockPublicPolicy parameter is set to true, and the resource policy did not prevent broad access to the secret.',
  )

export const cannotInvoke = (cause: unknown): AwsError =>
  new AwsError(
    'AccessDeniedException',
    'Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.',
    { statusCode: 400, cause },
  )
