/** `20150830T123600Z` of milliseconds since 1970. */
export function amzDate(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
}

/** Milliseconds of `20150830T123600Z`; undefined for anything else, impossible days included. */
export function parseAmzDate(text: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text)
  if (match === null) return undefined
  const [, year, month, day, hour, minute, second] = match
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(time) ? undefined : time
}

/** Milliseconds of a `Date` header, which may be RFC 1123 or either form of ISO 8601. */
export function parseHttpDate(text: string): number | undefined {
  const basic = parseAmzDate(text)
  if (basic !== undefined) return basic
  if (!/^[A-Za-z]{3},? |^\d{4}-\d\d-\d\dT/.test(text)) return undefined
  const time = Date.parse(text)
  return Number.isNaN(time) ? undefined : time
}
