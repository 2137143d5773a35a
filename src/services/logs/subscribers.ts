import { gzipSync } from 'node:zlib'
import type { ServiceEnvironment } from '../../aws/index.ts'
import type { InvokingService } from '../../ports/index.ts'
import { eventId } from './event-id.ts'
import { compilePattern } from './filter/compile-pattern.ts'
import type { Arrival, Scope, SubscriptionRecord } from './state.ts'

/** Events that a subscription filter may want. */
export interface Subscribed {
  readonly arrival: Arrival
  readonly subscription: SubscriptionRecord
  readonly number: number
}

/** CloudWatch Logs as functions' policies know it, on behalf of a group. */
export function subscribingService({ account, region }: Scope, group: string): InvokingService {
  return {
    principal: 'logs.amazonaws.com',
    regionalPrincipal: `logs.${region}.amazonaws.com`,
    sourceArn: `arn:aws:logs:${region}:${account}:log-group:${group}:*`,
    sourceAccount: account,
  }
}

/** The event that a function gets. https://docs.aws.amazon.com/lambda/latest/dg/services-cloudwatchlogs.html */
export async function deliverToSubscribers(
  found: readonly Subscribed[],
  { functions, log }: Pick<ServiceEnvironment, 'functions' | 'log'>,
): Promise<void> {
  for (const { arrival, subscription, number } of found) {
    const matches = compilePattern(subscription.pattern)
    const logEvents = arrival.events
      .map(([timestamp, message], index) => ({
        id: eventId(timestamp, number, index),
        timestamp,
        message,
      }))
      .filter(({ message }) => matches(message))
    if (logEvents.length === 0) continue
    const data = JSON.stringify({
      messageType: 'DATA_MESSAGE',
      owner: arrival.account,
      logGroup: arrival.group,
      logStream: arrival.stream,
      subscriptionFilters: [subscription.name],
      logEvents,
    })
    const payload = Buffer.from(JSON.stringify({ awslogs: { data: gzipSync(data).toString('base64') } }))
    await functions
      .invoke({
        functionName: subscription.destination,
        invocationType: 'Event',
        payload,
        onBehalfOf: subscribingService(arrival, arrival.group),
      })
      .catch(error =>
        log.error(
          { error, filter: subscription.name },
          `${subscription.destination} could not be told of log events`,
        ),
      )
  }
}
