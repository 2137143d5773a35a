import { paintMethod } from './route-table.ts'
import type { Style } from './style.ts'
import { padVisible } from './style.ts'

/** What one line about a request tells. */
export interface RequestFacts {
  /** Milliseconds since 1970. */
  readonly time: number
  readonly method: string
  readonly path: string
  readonly status: number
  readonly milliseconds: number
  /** What answered: a function, a service's operation, `mock` …; empty where nothing did. */
  readonly answeredBy: string
  /** Why it was not answered as wished, in words. */
  readonly explanation?: string | undefined
}

/** `14:03:12  GET /dev/greeting?name=Ada  200  12 ms  greeting`. */
export function requestLine(facts: RequestFacts, style: Style, columns: number): string {
  const { time, method, path, status, milliseconds, answeredBy, explanation } = facts
  const paint = status >= 500 ? style.red : status >= 400 ? style.yellow : style.green
  const label = paintMethod(method, style)
  const outcome = paint(String(status))
  const line = lineOf({ time, label, what: path, outcome, milliseconds, by: [answeredBy] }, style, columns)
  return explanation === undefined
    ? line.trimEnd()
    : `${line.trimEnd()}\n${' '.repeat(10)}${paint('↳')} ${style.dim(explanation.replaceAll('\n', `\n${' '.repeat(12)}`))}`
}

/** The columns of a line about something that happened, painted already where that tells something. */
export interface LineColumns {
  readonly time: number
  readonly label: string
  /** Cut where the terminal is too narrow. */
  readonly what: string
  readonly outcome: string
  readonly milliseconds: number
  readonly by: readonly string[]
}

/** Puts the columns of a request's or an event's line together. */
export function lineOf(facts: LineColumns, style: Style, columns: number): string {
  const { time, label, what, outcome, milliseconds, by } = facts
  const room = Math.max(20, columns - 46)
  const shown = what.length > room ? `${what.slice(0, room - 1)}…` : what
  return [
    style.dim(clockText(time)),
    padVisible(label, 7),
    padVisible(shown, Math.min(room, 36)),
    outcome,
    style.dim(durationText(milliseconds).padStart(7)),
    ...by,
  ].join('  ')
}

/** `14:03:12` in the time zone of whoever looks. */
export function clockText(time: number): string {
  const date = new Date(time)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** `0.8 ms`, `12 ms`, `3.2 s`. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 9.95) return `${milliseconds.toFixed(1)} ms`
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`
  return `${(milliseconds / 1_000).toFixed(1)} s`
}
