import { lineOf } from './request-line.ts'
import type { Style } from './style.ts'

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
  const label = style.magenta(source)
  const outcome = succeeded ? style.green(' ok') : style.red('err')
  const by = attempt > 1 ? [functionName, style.dim(`attempt ${attempt}`)] : [functionName]
  return lineOf({ time, label, what, outcome, milliseconds, by }, style, columns)
}
