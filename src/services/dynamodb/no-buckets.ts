import { AwsError } from '../../aws/index.ts'
import type { BucketObjects } from './bucket-objects.ts'

const refuse = (): Promise<never> =>
  Promise.reject(new AwsError('NotImplemented', 'There is no S3 here to export to or import from'))

/** For a DynamoDB that is served without an S3 beside it. */
export const noBuckets: BucketObjects = { keys: refuse, get: refuse, put: refuse }
