import type {
  LiveTailSessionLogEvent,
  LiveTailSessionStart,
  StartLiveTailResponseStream,
} from '@aws-sdk/client-cloudwatch-logs'
import { AwsError } from '../../aws/index.ts'
import type { Clock } from '../../ports/index.ts'
import type { Followers } from './followers.ts'
import type { Arrival } from './state.ts'

/** Real milliseconds between updates, and after which a session ends; events in one update. */
const [interval, longest, most] = [1000, 3 * 3_600_000, 500]

/** A session of Live Tail. */
export interface LiveTail {
  readonly followers: Followers
  readonly clock: Clock
  readonly start: LiveTailSessionStart
  /** Whether events of a group and stream are wanted at all; answers how the group was named. */
  readonly groupOf: (arrival: Arrival) => string | undefined
  readonly matches: (message: string) => boolean
}

/**
 * What a session sends: that it began, and each second what came, also where that is nothing.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartLiveTail.html
 */
export async function* liveTail(session: LiveTail): AsyncGenerator<StartLiveTailResponseStream> {
  const { followers, clock, start, groupOf, matches } = session
  let results: LiveTailSessionLogEvent[] = []
  let sampled = false
  let over = false
  let wake = (): void => {}
  const leave = followers.follow({
    arrived(arrival, ingestionTime) {
      const logGroupIdentifier = groupOf(arrival)
      if (logGroupIdentifier === undefined) return
      for (const [timestamp, message] of arrival.events) {
        if (!matches(message)) continue
        const event = { logGroupIdentifier, logStreamName: arrival.stream, message, timestamp, ingestionTime }
        if (results.length < most) results.push(event)
        else sampled = true
      }
    },
    ended() {
      over = true
      wake()
    },
  })
  try {
    yield { sessionStart: start }
    const end = clock.elapsed() + longest
    while (!over) {
      await new Promise<void>(resolve => {
        const cancel = clock.deadline(interval, resolve)
        wake = () => {
          cancel()
          resolve()
        }
      })
      if (clock.elapsed() >= end) throw new AwsError('SessionTimeoutException', 'The session has timed out.')
      const sessionResults = results
      results = []
      yield { sessionUpdate: { sessionMetadata: { sampled }, sessionResults } }
      sampled = false
    }
  } finally {
    leave()
  }
}
