import type { Delivery } from '../lambda/index.ts'
import type { Clock, Ids } from '../ports/index.ts'
import type { Root } from './call-as-root.ts'

/** Which call brings an invocation record or a dead letter to its target. */
function callOf({
  target,
  body,
  attributes,
  source,
}: Delivery): readonly [service: string, operation: string, input: object] {
  const [, , service = '', region = '', account = '', name = ''] = target.split(':')
  const values = Object.entries(attributes).map(([key, StringValue]) => [
    key,
    { DataType: 'String', StringValue },
  ])
  const MessageAttributes = Object.fromEntries(values)
  switch (service) {
    case 'sqs':
      return [
        'sqs',
        'SendMessage',
        { QueueUrl: `http://localhost/${account}/${name}`, MessageBody: body, MessageAttributes },
      ]
    case 'sns':
      return ['sns', 'Publish', { TopicArn: target, Message: body, MessageAttributes }]
    case 'events': {
      const { requestContext } = JSON.parse(body) as {
        requestContext: { condition: string; functionArn: string }
      }
      const DetailType = `Lambda Function Invocation Result - ${requestContext.condition === 'Success' ? 'Success' : 'Failure'}`
      const Entries = [
        {
          Source: 'lambda',
          DetailType,
          Detail: body,
          EventBusName: name.split('/').at(-1),
          Resources: [target, requestContext.functionArn],
        },
      ]
      return ['events', 'PutEvents', { Entries }]
    }
    default:
      throw new Error(`nothing in ${region || 'AWS'} takes what a ${source} of a function sends: ${target}`)
  }
}

/** Where a bucket keeps an invocation record: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
function recordKey({ functionArn }: Delivery, now: number, ids: Ids): string {
  const [day = '', time = ''] = new Date(now).toISOString().split('T')
  const name = functionArn.split(':')[6] ?? ''
  return `aws/lambda/async/${name}/${day.replaceAll('-', '/')}/${day}T${time.slice(0, 8).replaceAll(':', '.')}-${ids.uuid()}`
}

/** Brings invocation records and dead letters to queues, topics, buses and buckets, as far as these services exist here. */
export function deliverer(
  root: Root,
  { clock, ids }: { readonly clock: Clock; readonly ids: Ids },
  putObject: (bucket: string, key: string, body: Uint8Array) => Promise<unknown>,
): (delivery: Delivery) => Promise<void> {
  return async delivery => {
    const bucket = /^arn:aws:s3:::(.+)$/.exec(delivery.target)?.[1]
    if (bucket !== undefined) {
      await putObject(bucket, recordKey(delivery, clock.now(), ids), Buffer.from(delivery.body))
      return
    }
    const [service, operation, input] = callOf(delivery)
    if (!root.implements(service, operation))
      throw new Error(`${delivery.target} cannot be reached: Lambdarium has no ${service}:${operation} yet`)
    await root.call(service, operation, input)
  }
}
