import { CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import {
  CreateEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { startLambda } from './lambda-simulator.ts'

test('a mapping to a stream brings its records to the function until it is disabled', async () => {
  const { lambda, simulator } = await startLambda({
    'handlers/hear.mjs':
      'export const handler = async ({ Records }) => { console.log("HEARD " + Records.map(r => r.dynamodb.Keys.id.S)) }',
  })
  const dynamodb = new DynamoDBClient(simulator.clientConfig())
  const { TableDescription } = await dynamodb.send(
    new CreateTableCommand({
      TableName: 'things',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    }),
  )
  const EventSourceArn = TableDescription?.LatestStreamArn
  const mapping = { FunctionName: 'hear', EventSourceArn }
  await expect(lambda.send(new CreateEventSourceMappingCommand(mapping))).rejects.toMatchObject({
    message:
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
  })
  const { UUID = '' } = await lambda.send(
    new CreateEventSourceMappingCommand({
      ...mapping,
      StartingPosition: 'TRIM_HORIZON',
      FilterCriteria: { Filters: [] },
    }),
  )
  // As recorded: LocalStack's test_lambda_integration_dynamodbstreams and test_lambda_api.
  await expect(
    lambda.send(new CreateEventSourceMappingCommand({ ...mapping, StartingPosition: 'LATEST' })),
  ).rejects.toMatchObject({
    name: 'ResourceConflictException',
    message: `The event source arn (" ${EventSourceArn} ") and function (" hear ") provided mapping already exists. Please update or delete the existing mapping with UUID ${UUID}`,
  })
  const read = await lambda.send(new GetEventSourceMappingCommand({ UUID }))
  expect(read).not.toHaveProperty('FilterCriteria')
  const put = async (id: string) => {
    await dynamodb.send(new PutItemCommand({ TableName: 'things', Item: { id: { S: id } } }))
    await simulator.idle()
  }
  const heard = () =>
    simulator.journal
      .records({ function: 'hear' })
      .flatMap(({ stages }) =>
        stages
          .filter(({ name }) => name === 'log')
          .map(({ detail }) => /HEARD (.*)/.exec(String(detail))?.[1]),
      )
      .toSorted()
  await put('a')
  expect(heard()).toEqual(['a'])
  const disabled = await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }))
  expect(disabled.State).toBe('Disabling')
  await simulator.idle()
  await put('b')
  expect(heard()).toEqual(['a'])
  await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }))
  await simulator.idle()
  expect(heard()).toEqual(['a', 'b'])
})
