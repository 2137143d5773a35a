import { defineService } from '../../../aws/index.ts'
import { streamsAccess } from '../access/index.ts'
import { createPassiveState } from '../create-passive-state.ts'
import type { DynamoDbState } from '../state.ts'
import * as operations from './operations/index.ts'

/**
 * Amazon DynamoDB Streams: a second API over the same store, so it lives in DynamoDB's folder.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB_Streams.html
 */
export const dynamodbstreams = defineService<DynamoDbState>({
  id: 'dynamodbstreams',
  // Items expire by DynamoDB's own state.
  createState: createPassiveState,
  operations,
  access: streamsAccess,
})
