import type { EventBus } from './events.ts'

/**
 * Remembers which call wrote to a stream last, so that the journal's tree goes on behind it: records of a stream say
 * nothing of their requests, as on AWS.
 */
export function streamCauses(bus: EventBus): (streamArn: string) => string | undefined {
  const causes = new Map<unknown, string>()
  bus.subscribe(({ type, detail, cause }) => {
    if (type === 'StreamGrew' && cause !== undefined) causes.set(detail['streamArn'], cause)
  })
  return streamArn => causes.get(streamArn)
}
