import type { GetLogEventsRequest, GetLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { invalidToken, streamNotFound } from '../errors.ts'
import { timeOf } from '../event-id.ts'
import { createEventPage } from '../event-pages.ts'
import { getGroup, groupName } from '../names.ts'
import { readEvents, readLastEvents } from '../read-events.ts'
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
    const [, direction, place = ''] = token ?? []
    const span = { account, region, group: record, stream, from, to, now }
    const page = createEventPage(limit)
    if (direction === 'f' || (direction === undefined && input.startFromHead)) {
      const start = Math.max(from ?? 0, direction === 'f' ? timeOf(place) : 0)
      for (const event of readEvents(reader, { ...span, from: start }))
        if (event.id > place && !page.add(event)) break
    } else {
      const last = readLastEvents(reader, span, limit, direction === 'b' ? place : undefined)
      for (const event of last.toReversed()) if (!page.add(event)) break
      page.events.reverse()
    }
    const chosen = page.events
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
