import type { ServiceDefinition } from '../aws/index.ts'
import type { Config, Environment } from '../config/index.ts'
import type { Clock, StreamSource } from '../ports/index.ts'
import { createEngine, createExternal, createExternalStreams } from '../services/index.ts'

/** What stands in for this simulator's own DynamoDB. */
export interface ExternalDynamoDb {
  readonly services: readonly ServiceDefinition[]
  readonly streams: StreamSource
}

/** The DynamoDB behind `dynamodbEndpoint`; undefined where it is ours. */
export function externalDynamoDb(
  { dynamodbEndpoint: endpoint, dynamodb, region: configured }: Config,
  environment: Environment,
  clock: Clock,
): ExternalDynamoDb | undefined {
  if (endpoint === undefined) return undefined
  const region = /^https?:\/\/dynamodb\.([^.]+)\.amazonaws\.com/.exec(endpoint)?.[1] ?? configured
  const {
    AWS_ACCESS_KEY_ID: accessKeyId = 'test',
    AWS_SECRET_ACCESS_KEY: secretAccessKey = 'test',
    AWS_SESSION_TOKEN: sessionToken,
  } = environment
  const found = dynamodb.credentials ?? { accessKeyId, secretAccessKey, sessionToken }
  const credentials = {
    accessKeyId: found.accessKeyId,
    secretAccessKey: found.secretAccessKey,
    ...(found.sessionToken === undefined ? {} : { sessionToken: found.sessionToken }),
  }
  const engine = createEngine({ endpoint, region, credentials })
  const streams = createExternalStreams(engine, { clock, region })
  return { services: createExternal(engine, () => streams.written()), streams }
}
