import { defineService } from '../../aws/index.ts'
import { access } from './access/index.ts'
import { firstChecks } from './first-checks.ts'
import * as operations from './operations/index.ts'
import type { DynamoDbState } from './state.ts'

/** Amazon DynamoDB. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/Welcome.html */
export const dynamodb = defineService<DynamoDbState>({
  id: 'dynamodb',
  createState: ({ store, clock, ids, log, activity }) => ({
    store,
    clock,
    ids,
    log,
    activity,
    compiled: new Map(),
  }),
  operations,
  access,
  firstChecks,
})

export { dynamodbstreams } from './streams-api/index.ts'
