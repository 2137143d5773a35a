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
  const room = Math.max(20, columns - 46)
  const shown = path.length > room ? `${path.slice(0, room - 1)}…` : path
  const line = [
    style.dim(clockText(time)),
    padVisible(paintMethod(method, style), 7),
    padVisible(shown, Math.min(room, 36)),
    paint(String(status)),
    style.dim(durationText(milliseconds).padStart(7)),
    answeredBy,
  ].join('  ')
  return explanation === undefined
    ? line.trimEnd()
    : `${line.trimEnd()}\n${' '.repeat(10)}${paint('↳')} ${style.dim(explanation.replaceAll('\n', `\n${' '.repeat(12)}`))}`
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
