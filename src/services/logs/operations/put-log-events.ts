import type { PutLogEventsRequest, PutLogEventsResponse } from '@aws-sdk/client-cloudwatch-logs'
import { invalidParameter, streamNotFound } from '../errors.ts'
import { getGroup } from '../names.ts'
import { oldestKept } from '../read-events.ts'
import { type Operation, streams } from '../state.ts'

const day = 86_400_000
/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const [oldest, newest, mostBytes, overhead] = [14 * day, 2 * 3_600_000, 1_048_576, 26]

/** Events that are too old or from the future are told and dropped, as AWS does. */
export const PutLogEvents: Operation<PutLogEventsRequest, PutLogEventsResponse> = async (context, input) => {
  const { state, account, region, now } = context
  const { logGroupName: group = '', logStreamName: stream = '', logEvents = [] } = input
  const record = await state.store.read(reader => {
    const found = getGroup(reader, context, group)
    if (streams.get(reader, account, region, group, stream) === undefined) throw streamNotFound()
    return found
  })
  const events = logEvents.map(({ timestamp = 0, message = '' }) => [timestamp, message] as const)
  const bytes = events.reduce((sum, [, message]) => sum + Buffer.byteLength(message) + overhead, 0)
  if (bytes > mostBytes)
    throw invalidParameter(`Upload too large: ${bytes} bytes exceeds limit of ${mostBytes}`)
  if (events.some(([time], index) => time < (events[index - 1]?.[0] ?? 0)))
    throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.')
  const [first = 0] = events[0] ?? []
  const [last = 0] = events.at(-1) ?? []
  if (last - first > day)
    throw invalidParameter(
      'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
    )
  const expired = events.filter(([time]) => time < oldestKept(record, now)).length
  const tooOld = events.filter(([time]) => time < now - oldest).length
  const tooNew = events.findIndex(([time]) => time > now + newest)
  const accepted = events.slice(Math.max(expired, tooOld), tooNew === -1 ? undefined : tooNew)
  if (accepted.length > 0) await state.append({ account, region, group, stream, events: accepted })
  const rejected = {
    ...(tooNew !== -1 && { tooNewLogEventStartIndex: tooNew }),
    ...(tooOld > 0 && { tooOldLogEventEndIndex: tooOld }),
    ...(expired > 0 && { expiredLogEventEndIndex: expired }),
  }
  return {
    nextSequenceToken: String(now).padStart(56, '4'),
    ...(Object.keys(rejected).length > 0 && { rejectedLogEventsInfo: rejected }),
  }
}
