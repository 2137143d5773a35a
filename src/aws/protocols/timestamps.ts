/** How a moment is written on the wire. */
export type TimestampFormat = 'epochSeconds' | 'dateTime' | 'httpDate'

/** The format of a member: its own, or the place's. */
export function timestampFormat(type: string, otherwise: TimestampFormat): TimestampFormat {
  return type === 'dateTime' || type === 'httpDate' || type === 'epochSeconds' ? type : otherwise
}

/** Seconds since 1970 with milliseconds as the fraction. */
export function epochSeconds(date: Date): number {
  return date.getTime() / 1000
}

/** Writes a moment as text; ISO 8601 has milliseconds where there are any, on S3 (`whole`) always. */
export function formatTimestamp(date: Date, format: TimestampFormat, whole = false): string {
  if (format === 'epochSeconds') return String(epochSeconds(date))
  if (format === 'httpDate') return date.toUTCString()
  const text = date.toISOString()
  return !whole && text.endsWith('.000Z') ? `${text.slice(0, -5)}Z` : text
}

const iso = /^\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:?\d\d)?)?$/

/** Reads a moment from text in any of the three formats; undefined where it is none. */
export function parseTimestamp(text: string): Date | undefined {
  const trimmed = text.trim()
  let time: number
  if (/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(trimmed)) time = Number(trimmed) * 1000
  else if (iso.test(trimmed)) time = Date.parse(zoned(trimmed))
  else if (/^[A-Za-z]{3,9},? /.test(trimmed)) time = Date.parse(trimmed)
  else return undefined
  const date = new Date(Math.round(time))
  return Number.isNaN(date.getTime()) ? undefined : date
}

/** A text without a zone means UTC. */
function zoned(text: string): string {
  if (text.length === 10) return `${text}T00:00:00Z`
  return /(?:[Zz]|[+-]\d\d:?\d\d)$/.test(text.slice(10)) ? text : `${text}Z`
}
