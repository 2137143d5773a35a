import { clockText, durationText } from './request-line.ts'
import { padVisible, type Style } from './style.ts'

/** What one line about an event that reached a function tells. */
export interface EventFacts {
  /** Milliseconds since 1970. */
  readonly time: number
  /** `S3`, `STREAM`, `EVENT`. */
  readonly source: string
  /** `photos/a.jpg  ObjectCreated:Put`, `orders  3 records`. */
  readonly what: string
  readonly succeeded: boolean
  readonly milliseconds: number
  readonly functionName: string
  /** Which try it was, from 1. */
  readonly attempt?: number | undefined
}

/** `14:03:12  S3       photos/a.jpg  ObjectCreated:Put       ok    12 ms  thumbnail`: a request line's columns. */
export function eventLine(facts: EventFacts, style: Style, columns: number): string {
  const { time, source, what, succeeded, milliseconds, functionName, attempt = 1 } = facts
  const room = Math.max(20, columns - 46)
  const shown = what.length > room ? `${what.slice(0, room - 1)}…` : what
  return [
    style.dim(clockText(time)),
    padVisible(style.magenta(source), 7),
    padVisible(shown, Math.min(room, 36)),
    succeeded ? style.green(' ok') : style.red('err'),
    style.dim(durationText(milliseconds).padStart(7)),
    functionName,
    ...(attempt > 1 ? [style.dim(`attempt ${attempt}`)] : []),
  ].join('  ')
}
