import type { ServiceDefinition } from '../aws/index.ts'
import { dynamodb, dynamodbstreams } from './dynamodb/index.ts'
import { iam } from './iam/index.ts'
import { readSecret, secretsmanager } from './secretsmanager/index.ts'
import { createS3 } from './s3/index.ts'
import { createSsm } from './ssm/index.ts'
import { sts } from './sts/index.ts'

export { createStreamSource } from './dynamodb/index.ts'
export { type Mirror, mirrorParameters } from './ssm/index.ts'

/** Every service of the AWS door. What one needs of another is handed over here: services do not know each other. */
export const services: readonly ServiceDefinition[] = [
  dynamodb,
  dynamodbstreams,
  iam,
  createS3(),
  secretsmanager,
  createSsm({ readSecret }),
  sts,
]
