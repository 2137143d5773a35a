import { defineService } from '../../aws/index.ts'
import { access } from './access/index.ts'
import { createState } from './create-state.ts'
import { firstChecks } from './first-checks.ts'
import * as operations from './operations/index.ts'
import type { DynamoDbState } from './state.ts'
import { throttled } from './throttled.ts'

/** Amazon DynamoDB. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/Welcome.html */
export const dynamodb = defineService<DynamoDbState>({
  id: 'dynamodb',
  createState,
  operations: throttled(operations),
  access,
  firstChecks,
  startsAtOnce: true,
  stop: state => state.expiry.stop(),
})

export { createStreamSource } from './stream-source.ts'
export { dynamodbstreams } from './streams-api/index.ts'
