import { symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { createSimulator } from '../../src/index.ts'
import { temporaryProject } from '../support/temporary-project.ts'

const uri = (name: string) =>
  `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:${name}/invocations`

/** Each function says its trace and does the next step with an SDK client, which hands the trace on by itself. */
const files = {
  'swagger/api.json': JSON.stringify({
    swagger: '2.0',
    info: { title: 'api', version: '1' },
    paths: {
      '/start': {
        post: {
          'x-amazon-apigateway-integration': { type: 'AWS_PROXY', httpMethod: 'POST', uri: uri('first') },
        },
      },
    },
  }),
  'handlers/first.mjs': `import { S3Client, PutObjectCommand } from '@aws-sdk/client-s3'
const s3 = new S3Client({ forcePathStyle: true })
export const handler = async () => {
  await s3.send(new PutObjectCommand({ Bucket: 'photos', Key: 'a', Body: 'x' }))
  return { statusCode: 200, body: process.env._X_AMZN_TRACE_ID }
}`,
  'handlers/second.mjs': `import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { LambdaClient, InvokeCommand } from '@aws-sdk/client-lambda'
export const handler = async () => {
  console.log('TRACE', process.env._X_AMZN_TRACE_ID)
  await new DynamoDBClient({}).send(new PutItemCommand({ TableName: 'rides', Item: { id: { S: '1' } } }))
  await new LambdaClient({}).send(new InvokeCommand({ FunctionName: 'third', InvocationType: 'Event' }))
}`,
  'handlers/third.mjs': `export const handler = async () => console.log('TRACE', process.env._X_AMZN_TRACE_ID)`,
  'handlers/streamed.mjs': 'export const handler = async () => {}',
  'lambdarium.config.json': JSON.stringify({
    resources: {
      buckets: ['photos'],
      tables: {
        rides: {
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          BillingMode: 'PAY_PER_REQUEST',
        },
      },
    },
    triggers: [
      { bucket: 'photos', events: ['s3:ObjectCreated:*'], function: 'second' },
      { table: 'rides', function: 'streamed' },
    ],
  }),
}

test('one trace goes through every hop, and the journal draws the tree', async () => {
  const project = temporaryProject(files)
  symlinkSync(resolve('node_modules'), join(project.directory, 'node_modules'))
  const simulator = await createSimulator({ project: project.directory })
  try {
    const response = await fetch(`${simulator.api}/dev/start`, { method: 'POST' })
    const traceId = await response.text()
    const root = /Root=([^;]+)/.exec(traceId)?.[1]
    await simulator.idle()

    const trace = response.headers.get('x-lambdarium-trace') ?? ''
    const records = simulator.journal.records({ trace })
    const nameOf = ({ kind, subject }: (typeof records)[number]): string =>
      [
        kind,
        subject['function'] ?? subject['functionName'] ?? subject['operation'] ?? subject['source'] ?? '',
      ]
        .join(' ')
        .trim()
    const byId = new Map(records.map(record => [record.id, record]))
    const pathOf = (record: (typeof records)[number]): string => {
      const before = record.cause === undefined ? undefined : byId.get(record.cause)
      return before === undefined ? nameOf(record) : `${pathOf(before)} > ${nameOf(record)}`
    }
    const invoked = records.filter(({ kind }) => kind === 'invocation').map(pathOf)
    expect(invoked.toSorted()).toEqual([
      'request > invocation first',
      'request > invocation first > call PutObject > event s3 > invocation second',
      'request > invocation first > call PutObject > event s3 > invocation second > call Invoke > invocation third',
      'request > invocation first > call PutObject > event s3 > invocation second > call PutItem > event streamed > invocation streamed',
    ])
    // One root for all of them, each with a span of its own.
    const logs = records.flatMap(({ stages }) =>
      stages.filter(({ name }) => name === 'log').map(({ detail }) => String(detail)),
    )
    const seen = logs.flatMap(log => [...log.matchAll(/TRACE Root=([^;]+);Parent=([^;]+)/g)])
    expect(seen.map(([, found]) => found)).toEqual([root, root])
    expect(new Set(seen.map(([, , parent]) => parent)).size).toBe(2)
  } finally {
    await simulator.stop()
    project.remove()
  }
})
