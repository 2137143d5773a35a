import type { Delivery } from '../lambda/index.ts'
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

/** Brings invocation records and dead letters to queues, topics and buses, as far as these services exist here. */
export function deliverer(root: Root): (delivery: Delivery) => Promise<void> {
  return async delivery => {
    const [service, operation, input] = callOf(delivery)
    if (!root.implements(service, operation))
      throw new Error(`${delivery.target} cannot be reached: Lambdarium has no ${service}:${operation} yet`)
    await root.call(service, operation, input)
  }
}
