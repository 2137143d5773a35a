import { AwsError } from '../../../aws/index.ts'

/** None of several configurations has that id (recorded). */
export const noSuchConfigurationId = (): AwsError =>
  new AwsError('NoSuchConfiguration', 'The specified configuration does not exist.', { statusCode: 404 })

/** The id of the query is not the document's (recorded). */
export const idMismatch = (): AwsError =>
  new AwsError('IdMismatch', 'Document ID does not match the specified configuration ID.', {
    statusCode: 400,
  })

/** A policy that S3 does not take. */
export const malformedPolicy = (message: string): AwsError =>
  new AwsError('MalformedPolicy', message, { statusCode: 400 })

/** What AWS has and one machine cannot have. */
export const notEmulated = (message: string): AwsError =>
  new AwsError('NotImplemented', message, { statusCode: 501 })
