/** The values of one field of a cron expression; undefined for any. */
type Field = ReadonlySet<number> | undefined

interface Cron {
  readonly minutes: readonly number[]
  readonly hours: readonly number[]
  readonly months: Field
  readonly years: Field
  readonly day: (date: Date) => boolean
}

const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const dayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']

function numberOf(text: string, names: readonly string[], low: number, high: number): number {
  const named = names.indexOf(text.toUpperCase())
  const value = named === -1 ? Number(text) : named + 1
  if (!/^(\d+|[a-z]{3})$/i.test(text) || !Number.isInteger(value) || value < low || value > high)
    throw new RangeError(`${text} is not between ${low} and ${high}`)
  return value
}

/** Lists, ranges and steps: `1,5`, `MON-FRI`, `0/4`, `*`. */
function fieldOf(text: string, low: number, high: number, names: readonly string[] = []): Field {
  if (text === '*' || text === '?') return undefined
  const values = new Set<number>()
  for (const part of text.split(',')) {
    const [span = '', step] = part.split('/')
    const [first = '', last] = span.split('-')
    const from = first === '*' ? low : numberOf(first, names, low, high)
    const end = last === undefined ? (step === undefined ? from : high) : numberOf(last, names, low, high)
    const by = step === undefined ? 1 : numberOf(step, [], 1, high)
    for (let value = from; value <= end; value += by) values.add(value)
  }
  return values
}

const listed = (field: Field, high: number): number[] =>
  field === undefined ? Array.from({ length: high + 1 }, (_, at) => at) : [...field].toSorted((a, b) => a - b)

const lastDay = (date: Date): number =>
  new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()

function dayTest(dayOfMonth: string, dayOfWeek: string): (date: Date) => boolean {
  if (dayOfMonth === 'L') return date => date.getUTCDate() === lastDay(date)
  const nth = /^(.+)#([1-5])$/.exec(dayOfWeek)
  if (nth !== null) {
    const weekday = numberOf(nth[1] ?? '', dayNames, 1, 7)
    return date => date.getUTCDay() + 1 === weekday && Math.ceil(date.getUTCDate() / 7) === Number(nth[2])
  }
  const ending = /^(.+)L$/i.exec(dayOfWeek)
  if (ending !== null) {
    const weekday = numberOf(ending[1] ?? '', dayNames, 1, 7)
    return date => date.getUTCDay() + 1 === weekday && date.getUTCDate() + 7 > lastDay(date)
  }
  const days = fieldOf(dayOfMonth, 1, 31)
  const weekdays = fieldOf(dayOfWeek, 1, 7, dayNames)
  return date =>
    (days === undefined || days.has(date.getUTCDate())) &&
    (weekdays === undefined || weekdays.has(date.getUTCDay() + 1))
}

/** Reads the six fields between the brackets of `cron(…)`; throws a RangeError where they are no schedule. */
export function parseCron(text: string): Cron {
  const fields = text.trim().split(/\s+/)
  if (fields.length !== 6) throw new RangeError('a cron expression has six fields')
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = fields
  return {
    minutes: listed(fieldOf(minute, 0, 59), 59),
    hours: listed(fieldOf(hour, 0, 23), 23),
    months: fieldOf(month, 1, 12, monthNames),
    years: fieldOf(year, 1970, 2199),
    day: dayTest(dayOfMonth, dayOfWeek),
  }
}

/** The first time after `from` (milliseconds since 1970, UTC) that fits; undefined where none does for ten years. */
export function nextCron(cron: Cron, from: number): number | undefined {
  const start = new Date(from)
  for (let offset = 0; offset < 3660; offset++) {
    const day = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth(), start.getUTCDate() + offset))
    if (cron.months !== undefined && !cron.months.has(day.getUTCMonth() + 1)) continue
    if (cron.years !== undefined && !cron.years.has(day.getUTCFullYear())) continue
    if (!cron.day(day)) continue
    for (const hour of cron.hours)
      for (const minute of cron.minutes) {
        const time = day.getTime() + (hour * 60 + minute) * 60_000
        if (time > from) return time
      }
  }
  return undefined
}
