import {
  defineService,
  loadServiceModel,
  type Operation,
  type ServiceDefinition,
} from '../../../aws/index.ts'
import { access, streamsAccess } from '../access/index.ts'
import { createPassiveState } from '../create-passive-state.ts'
import type { DynamoDbState } from '../state.ts'
import type { Engine } from './engine.ts'

/** Operations that change nothing that a stream shows. */
const reads = /^(?:Get|Describe|List|Query|Scan|BatchGet|TransactGet)/

/**
 * DynamoDB and its streams, served by another engine: every operation that the model has is passed on. Signatures and
 * policies are this simulator's, everything else is the engine's, its errors' words included.
 */
export function createExternal(
  engine: Engine,
  onWrite: () => void,
): readonly [dynamodb: ServiceDefinition, streams: ServiceDefinition] {
  const pass =
    (target: 'DynamoDB' | 'DynamoDBStreams', operation: string): Operation<DynamoDbState, never> =>
    async (_, input: Readonly<Record<string, unknown>>) => {
      const output = await engine.call(target, operation, secondsOf(input))
      if (!reads.test(operation)) onWrite()
      return output
    }
  const operations = (id: string, target: 'DynamoDB' | 'DynamoDBStreams') =>
    Object.fromEntries(
      Object.keys(loadServiceModel(id).operations).map(name => [name, pass(target, name)] as const),
    )
  const define = (
    id: 'dynamodb' | 'dynamodbstreams',
    target: 'DynamoDB' | 'DynamoDBStreams',
    rules: typeof access,
  ): ServiceDefinition =>
    defineService<DynamoDbState>({
      id,
      createState: createPassiveState,
      operations: operations(id, target),
      access: rules,
      checksLimits: true,
    })
  return [define('dynamodb', 'DynamoDB', access), define('dynamodbstreams', 'DynamoDBStreams', streamsAccess)]
}

/** Dates as they travel. */
function secondsOf(input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [
      name,
      value instanceof Date
        ? value.getTime() / 1000
        : typeof value === 'object' && value !== null && name === 'IncrementalExportSpecification'
          ? secondsOf(value as Record<string, unknown>)
          : value,
    ]),
  )
}
