import type { FilterLogEventsRequest, FilterLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { invalidParameter, streamNotFound } from '../errors.ts'
import { compilePattern } from '../filter/compile-pattern.ts'
import { getGroup, groupName } from '../names.ts'
import { placeOf, tokenOf } from '../pages.ts'
import { readEvents } from '../read-events.ts'
import { type Operation, streams } from '../state.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
export const FilterLogEvents: Operation<FilterLogEventsRequest, FilterLogEventsResponse> = async (
  context,
  input,
) => {
  const { state, account, region, now } = context
  const group = groupName(input.logGroupName, input.logGroupIdentifier)
  const { logStreamNames, logStreamNamePrefix: prefix, startTime: from, endTime, limit = 10_000 } = input
  if (logStreamNames !== undefined && prefix !== undefined)
    throw invalidParameter('logStreamNames and logStreamNamePrefix are mutually exclusive parameters.')
  const matches = compilePattern(input.filterPattern)
  const after = input.nextToken === undefined ? '' : String(placeOf(input.nextToken)[0])
  await state.flushed()
  return await state.store.read(reader => {
    const record = getGroup(reader, context, group)
    const known = [...streams.under(reader, account, region, group)].map(([, stream]) => stream)
    for (const name of logStreamNames ?? [])
      if (!known.some(stream => stream.name === name)) throw streamNotFound()
    const found = known
      .filter(({ name }) => logStreamNames === undefined || logStreamNames.includes(name))
      .filter(({ name }) => prefix === undefined || name.startsWith(prefix))
      // What a stream does not have need not be read.
      .filter(({ last }) => from === undefined || (last ?? 0) >= from)
      // AWS's end is inclusive here.
      .flatMap(({ name }) =>
        readEvents(reader, context, record, name, {
          from,
          to: endTime === undefined ? undefined : endTime + 1,
          now,
        }),
      )
      .filter(({ id, message }) => id > after && matches(message))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
    const events = found.slice(0, limit)
    const last = events.at(-1)
    return {
      events: events.map(({ id, stream, time, message, ingested }) => ({
        logStreamName: stream,
        timestamp: time,
        message,
        ingestionTime: ingested,
        eventId: id,
      })),
      searchedLogStreams: [],
      ...(last !== undefined && found.length > events.length && { nextToken: tokenOf([last.id]) }),
    }
  })
}
