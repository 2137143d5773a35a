import type { ServiceDefinition } from '../aws/index.ts'
import { createDynamoDb, type DynamoDbOptions, dynamodbstreams } from './dynamodb/index.ts'
import { iam } from './iam/index.ts'
import { createLambdaService, type LambdaServiceOptions } from './lambda/index.ts'
import type { Logs } from './logs/index.ts'
import { createS3, type S3Options } from './s3/index.ts'
import { readSecret, secretsmanager } from './secretsmanager/index.ts'
import { createSsm } from './ssm/index.ts'
import { createSts, type StsOptions } from './sts/index.ts'

export {
  type BucketObjects,
  createEngine,
  createExternal,
  createExternalStreams,
  createStreamSource,
} from './dynamodb/index.ts'
export {
  createFunctionUrls,
  type EventSources,
  type MappingRecord,
  openLambdaPackages,
  type Packages,
  packagePath,
  type ReadObject,
  servicePermitted,
  type UrlAuthorizer,
  type UrlReply,
} from './lambda/index.ts'
export { createLogs, type LogArrival, type Logs } from './logs/index.ts'
export {
  engineAddress,
  notificationsOf,
  outbox as s3Outbox,
  outboxAfter,
  type S3Event,
  type S3Options,
  sequencer,
  serveWebsite,
  websiteBucket,
} from './s3/index.ts'
export { type Mirror, mirrorParameters } from './ssm/index.ts'
export type { KeySet } from './sts/index.ts'

/** What the composition may give to services. */
export interface ServiceOptions {
  readonly dynamodb?: DynamoDbOptions
  /** DynamoDB and its streams as another engine serves them, in place of ours. */
  readonly externalDynamoDb?: readonly ServiceDefinition[] | undefined
  readonly s3?: S3Options
  /** Absent: there is nothing that runs functions, and no Lambda API. */
  readonly lambda?: LambdaServiceOptions
  readonly logs?: Logs
  readonly sts?: StsOptions
}

/** Every service of the AWS door. What one needs of another is handed over here: services do not know each other. */
export const createServices = ({
  dynamodb,
  externalDynamoDb,
  s3 = {},
  lambda,
  logs,
  sts = {},
}: ServiceOptions = {}): readonly ServiceDefinition[] => [
  ...(externalDynamoDb ?? [createDynamoDb(dynamodb), dynamodbstreams]),
  iam,
  ...(lambda === undefined ? [] : [createLambdaService(lambda)]),
  ...(logs === undefined ? [] : [logs.service]),
  createS3(s3),
  secretsmanager,
  createSsm({ readSecret }),
  createSts(sts),
]
