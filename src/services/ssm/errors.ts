import { AwsError } from '../../aws/index.ts'

/** Errors of Parameter Store. Texts: recorded where they are known word by word, else the API reference's description
 * of the error (https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html#API_PutParameter_Errors). */
export const validationException = (message: string): AwsError =>
  new AwsError('ValidationException', message, { statusCode: 400 })

/** AWS sends this one without any text. */
export const parameterNotFound = (message = ''): AwsError => new AwsError('ParameterNotFound', message)

export const parameterVersionNotFound = (name: string, selector: string | number): AwsError =>
  new AwsError(
    'ParameterVersionNotFound',
    `Systems Manager could not find version ${selector} of ${name}. Verify the version and try again.`,
  )

export const parameterAlreadyExists = (): AwsError =>
  new AwsError(
    'ParameterAlreadyExists',
    'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
  )

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html#API_PutParameter_Errors */
export const parameterMaxVersionLimitExceeded = (name: string, oldest: number): AwsError =>
  new AwsError(
    'ParameterMaxVersionLimitExceeded',
    `You attempted to create a new version of ${name} by calling the PutParameter API with the overwrite flag. Version ${oldest}, the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again.`,
  )

export const hierarchyLevelLimitExceeded = (): AwsError =>
  new AwsError(
    'HierarchyLevelLimitExceededException',
    'A hierarchy can have a maximum of 15 levels. For more information, see Requirements and constraints for parameter names in the AWS Systems Manager User Guide.',
  )

export const hierarchyTypeMismatch = (): AwsError =>
  new AwsError(
    'HierarchyTypeMismatchException',
    "Parameter Store doesn't support changing a parameter type in a hierarchy. For example, you can't change a parameter from a String type to a SecureString type. You must create a new, unique parameter.",
  )

export const parameterPatternMismatch = (pattern: string): AwsError =>
  new AwsError(
    'ParameterPatternMismatchException',
    `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
  )

export const invalidAllowedPattern = (cause: unknown): AwsError =>
  new AwsError(
    'InvalidAllowedPatternException',
    "The request doesn't meet the regular expression requirement.",
    {
      cause,
    },
  )

export const invalidPolicyType = (): AwsError =>
  new AwsError(
    'InvalidPolicyTypeException',
    "The policy type isn't supported. Parameter Store supports the following policy types: Expiration, ExpirationNotification, and NoChangeNotification.",
  )

export const invalidPolicyAttribute = (): AwsError =>
  new AwsError('InvalidPolicyAttributeException', 'A policy attribute or its value is invalid.')

export const incompatiblePolicy = (): AwsError =>
  new AwsError(
    'IncompatiblePolicyException',
    "There is a conflict in the policies specified for this parameter. You can't, for example, specify two Expiration policies for a parameter. Review your policies, and try again.",
  )

export const policiesLimitExceeded = (): AwsError =>
  new AwsError(
    'PoliciesLimitExceededException',
    'You specified more than the maximum number of allowed policies for the parameter. The maximum is 10.',
  )

export const labelLimitExceeded = (): AwsError =>
  new AwsError(
    'ParameterVersionLabelLimitExceeded',
    'A parameter version can have maximum 10 labels.Move one or more labels to another version and try again.',
  )

export const invalidFilterKey = (message: string): AwsError => new AwsError('InvalidFilterKey', message)
export const invalidFilterOption = (message: string): AwsError => new AwsError('InvalidFilterOption', message)
export const invalidFilterValue = (message: string): AwsError => new AwsError('InvalidFilterValue', message)

export const invalidNextToken = (): AwsError =>
  new AwsError('InvalidNextToken', "The specified token isn't valid.")

export const invalidResourceType = (): AwsError =>
  new AwsError('InvalidResourceType', "The resource type isn't valid.")

export const invalidResourceId = (): AwsError =>
  new AwsError(
    'InvalidResourceId',
    "The resource ID isn't valid. Verify that you entered the correct ID and try again.",
  )

export const tooManyTags = (): AwsError =>
  new AwsError(
    'TooManyTagsError',
    'The Targets parameter includes too many tags. Remove one or more tags and try the command again.',
  )

export const serviceSettingNotFound = (id: string): AwsError =>
  new AwsError('ServiceSettingNotFound', `The specified service setting wasn't found: ${id}.`)

export const resourceNotFound = (): AwsError =>
  new AwsError('ResourceNotFoundException', 'The specified parameter to be shared could not be found.')

export const resourcePolicyInvalidParameter = (message: string, ...names: string[]): AwsError =>
  new AwsError('ResourcePolicyInvalidParameterException', message, { detail: { ParameterNames: names } })

export const resourcePolicyConflict = (): AwsError =>
  new AwsError(
    'ResourcePolicyConflictException',
    "The hash provided in the call doesn't match the stored hash. This exception is thrown when trying to update an obsolete policy version or when multiple requests to update a policy are sent.",
  )

export const resourcePolicyLimitExceeded = (limit: number, kind: string): AwsError =>
  new AwsError(
    'ResourcePolicyLimitExceededException',
    "The PutResourcePolicy API action enforces two limits. A policy can't be greater than 1024 bytes in size. And only one policy can be attached. Verify these limits and try again.",
    { detail: { Limit: limit, LimitType: kind } },
  )

export const resourcePolicyNotFound = (): AwsError =>
  new AwsError(
    'ResourcePolicyNotFoundException',
    'No policies with the specified policy ID and hash could be found.',
  )

export const malformedResourcePolicy = (cause?: unknown): AwsError =>
  new AwsError(
    'MalformedResourcePolicyDocumentException',
    'The specified policy document is malformed or invalid.',
    { cause },
  )
