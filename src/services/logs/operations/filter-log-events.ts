import type { FilterLogEventsRequest, FilterLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { invalidParameter, streamNotFound } from '../errors.ts'
import { timeOf } from '../event-id.ts'
import { createEventPage } from '../event-pages.ts'
import { compilePattern } from '../filter/compile-pattern.ts'
import { mergeStreams } from '../merge-streams.ts'
import { getGroup, groupName } from '../names.ts'
import { placeOf, tokenOf } from '../pages.ts'
import { readEvents } from '../read-events.ts'
import { type Operation, streams } from '../state.ts'

/** Characters that one call looks at; where there are more, the answer has a token, as AWS's may while it found nothing. */
const mostScanned = 16_000_000

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
    const begin = Math.max(from ?? 0, after === '' ? 0 : timeOf(after))
    const sources = known
      .filter(({ name }) => logStreamNames === undefined || logStreamNames.includes(name))
      .filter(({ name }) => prefix === undefined || name.startsWith(prefix))
      // What a stream does not have need not be read.
      .filter(({ last }) => (last ?? 0) >= begin)
      .map(({ name, first = 0 }) => ({
        first,
        events: readEvents(reader, {
          ...{ account, region, group: record, stream: name, from: begin, now },
          // AWS's end is inclusive here.
          to: endTime === undefined ? undefined : endTime + 1,
        }),
      }))
    const page = createEventPage(limit)
    let seen: string | undefined
    let scanned = 0
    let more = false
    for (const event of mergeStreams(sources)) {
      if (event.id <= after) continue
      more = scanned > mostScanned || (matches(event.message) && !page.add(event))
      if (more) break
      seen = event.id
      scanned += event.message.length
    }
    const { events } = page
    return {
      events: events.map(({ id, stream, time, message, ingested }) => ({
        logStreamName: stream,
        timestamp: time,
        message,
        ingestionTime: ingested,
        eventId: id,
      })),
      searchedLogStreams: [],
      ...(more && seen !== undefined && { nextToken: tokenOf([seen]) }),
    }
  })
}
