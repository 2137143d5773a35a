import { AwsError } from '../../aws/index.ts'

/** Texts as recorded from AWS: LocalStack's `tests/aws/services/logs/*.snapshot.json`. */
export const invalidParameter = (message: string): AwsError =>
  new AwsError('InvalidParameterException', message)
export const invalidToken = (): AwsError => invalidParameter('The specified nextToken is invalid.')
export const groupNotFound = (): AwsError =>
  new AwsError('ResourceNotFoundException', 'The specified log group does not exist.')
export const streamNotFound = (): AwsError =>
  new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.')
export const subscriptionNotFound = (): AwsError =>
  new AwsError('ResourceNotFoundException', 'The specified subscription filter does not exist.')
export const metricFilterNotFound = (): AwsError =>
  new AwsError('ResourceNotFoundException', 'The specified metric filter does not exist.')
export const resourcePolicyNotFound = (name: string): AwsError =>
  new AwsError('ResourceNotFoundException', `Policy with name [${name}] does not exist.`)
export const groupExists = (): AwsError =>
  new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists')
export const streamExists = (): AwsError =>
  new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists')
export const limitExceeded = (): AwsError =>
  new AwsError('LimitExceededException', 'Resource limit exceeded.')
