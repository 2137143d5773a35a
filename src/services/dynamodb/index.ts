import { defineService, type ServiceDefinition } from '../../aws/index.ts'
import { access } from './access/index.ts'
import type { BucketObjects } from './bucket-objects.ts'
import { createState } from './create-state.ts'
import { firstChecks } from './first-checks.ts'
import { noBuckets } from './no-buckets.ts'
import * as operations from './operations/index.ts'
import { readers } from './sent/readers.ts'
import type { DynamoDbState } from './state.ts'
import { throttled } from './throttled.ts'

/** What the composition may say about DynamoDB. */
export interface DynamoDbOptions {
  /** Milliseconds of the simulator's clock that tables take to be made, changed and deleted; default none. */
  readonly tableDelay?: number
  /** Awaited before a new table is answered, so that whoever listens to its stream hears of the first write. */
  readonly tableMade?: (table: string) => Promise<void>
  /** Absent: exports and imports fail. */
  readonly objects?: BucketObjects
}

/** Amazon DynamoDB. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/Welcome.html */
export const createDynamoDb = ({
  tableDelay = 0,
  tableMade = async () => {},
  objects = noBuckets,
}: DynamoDbOptions = {}): ServiceDefinition =>
  defineService<DynamoDbState>({
    id: 'dynamodb',
    createState: environment => createState(environment, { tableDelay, tableMade, objects }),
    operations: throttled(operations),
    access,
    firstChecks,
    readers,
    startsAtOnce: true,
    stop: state => state.expiry.stop(),
  })

/** DynamoDB with tables that are ready at once. */
export const dynamodb = createDynamoDb()

export type { BucketObjects } from './bucket-objects.ts'
export { createEngine, createExternal, createExternalStreams, type Engine } from './external/index.ts'
export { createStreamSource } from './stream-source.ts'
export { dynamodbstreams } from './streams-api/index.ts'
