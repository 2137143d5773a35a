import type { GetLogEventsRequest, GetLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { invalidToken, streamNotFound } from '../errors.ts'
import { getGroup, groupName } from '../names.ts'
import { readEvents } from '../read-events.ts'
import { type Operation, streams } from '../state.ts'

/** Tokens name the event beside which the page lies: `f/` goes on after it, `b/` before it. */
const tokenPattern = /^([fb])\/(\d{56})\/s$/

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html */
export const GetLogEvents: Operation<GetLogEventsRequest, GetLogEventsResponse> = async (context, input) => {
  const { state, account, region, now } = context
  const group = groupName(input.logGroupName, input.logGroupIdentifier)
  const { logStreamName: stream = '', startTime: from, endTime: to, limit = 10_000, nextToken } = input
  const token = nextToken === undefined ? undefined : tokenPattern.exec(nextToken)
  if (token === null) throw invalidToken()
  await state.flushed()
  return await state.store.read(reader => {
    const record = getGroup(reader, context, group)
    if (streams.get(reader, account, region, group, stream) === undefined) throw streamNotFound()
    const events = readEvents(reader, context, record, stream, { from, to, now })
    const [, direction, place = ''] = token ?? []
    let chosen = events
    if (direction === 'f') chosen = events.filter(({ id }) => id > place).slice(0, limit)
    else if (direction === 'b') chosen = events.filter(({ id }) => id < place).slice(-limit)
    else chosen = input.startFromHead ? events.slice(0, limit) : events.slice(-limit)
    const none = '0'.repeat(56)
    const edge = direction === undefined ? none : place
    return {
      events: chosen.map(({ time, message, ingested }) => ({
        timestamp: time,
        message,
        ingestionTime: ingested,
      })),
      nextForwardToken: `f/${chosen.at(-1)?.id ?? edge}/s`,
      nextBackwardToken: `b/${chosen[0]?.id ?? edge}/s`,
    }
  })
}
