import { AwsError } from '../../aws/index.ts'

/** Lambda's errors; texts as recorded from AWS (LocalStack's `tests/aws/services/lambda_/*.snapshot.json`) unless said. */
const user = { Type: 'User' }

export const invalidParameter = (message: string): AwsError =>
  new AwsError('InvalidParameterValueException', message, { detail: user })

export const resourceNotFound = (message: string): AwsError =>
  new AwsError('ResourceNotFoundException', message, { detail: user })

export const resourceConflict = (message: string): AwsError =>
  new AwsError('ResourceConflictException', message, { detail: user })

export const preconditionFailed = (operation: string): AwsError =>
  new AwsError(
    'PreconditionFailedException',
    `The Revision Id provided does not match the latest Revision Id. Call the ${operation} API to retrieve the latest Revision Id`,
    { detail: user },
  )

/** In the words of a limit that the published model does not have (any more). */
export const aboveLimit = (
  value: string | number,
  member: string,
  what: 'value' | 'length',
  limit: number,
): AwsError =>
  new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must have ${what} less than or equal to ${limit}`,
  )

export const functionNotFound = (arn: string): AwsError => resourceNotFound(`Function not found: ${arn}`)
export const aliasNotFound = (arn: string): AwsError => resourceNotFound(`Cannot find alias arn: ${arn}`)
export const functionExists = (name: string): AwsError => resourceConflict(`Function already exist: ${name}`)
export const aliasExists = (arn: string): AwsError => resourceConflict(`Alias already exists: ${arn}`)
export const noSuchResource = (): AwsError => resourceNotFound('The resource you requested does not exist.')

export const tooManyTags = (): AwsError => invalidParameter('Number of tags exceeds resource tag limit.')

/** What says nothing of its kind on AWS; recorded so for limits of concurrency and versions of aliases. */
export const untypedInvalidParameter = (message: string): AwsError =>
  new AwsError('InvalidParameterValueException', message, { detail: { Type: undefined } })

export const zipTooLarge = (): AwsError =>
  new AwsError('RequestEntityTooLargeException', 'Zipped size must be smaller than 52428800 bytes', {
    statusCode: 413,
  })

export const unzippedTooLarge = (): AwsError =>
  invalidParameter('Unzipped size must be smaller than 262144000 bytes')

export const notAZip = (cause: unknown): AwsError =>
  new AwsError(
    'InvalidParameterValueException',
    'Could not unzip uploaded file. Please check your file, then try to upload again.',
    { detail: user, cause },
  )

/** Assumed: what AWS says where its own storage is used up. */
export const storageExceeded = (cause: unknown): AwsError =>
  new AwsError('CodeStorageExceededException', 'Code storage limit exceeded.', { detail: user, cause })

/** Ours: a function of the project's folder is changed by changing its files. */
export const projectFunction = (name: string, what: string): AwsError =>
  invalidParameter(
    `${name} is a function of the project's folder: ${what}. Change its files or lambdarium.config instead, or give the new function another name.`,
  )

/** Ours: what AWS has and a simulator on one machine has not. */
export const unsupported = (what: string): AwsError =>
  invalidParameter(`${what} is not supported by Lambdarium.`)
