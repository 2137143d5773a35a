import type { RotationRulesType } from '@aws-sdk/client-secrets-manager'
import { nextCron, parseCron } from './cron.ts'
import { invalidParameter } from './errors.ts'

const day = 86_400_000
const hour = 3_600_000

/** The last second of the day that begins `days` after the day of `from`: rotation happens within that day. */
const endOfDayAfter = (from: number, days: number): number =>
  Math.floor(from / day) * day + (days + 1) * day - 1000

/**
 * When a secret is rotated next, at the end of its window.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
 */
export function nextRotation(rules: RotationRulesType, from: number): number | undefined {
  const { AutomaticallyAfterDays: days, ScheduleExpression: expression, Duration: duration } = rules
  if (days !== undefined) return endOfDayAfter(from, days)
  if (expression === undefined) return undefined
  const length = duration === undefined ? undefined : Number(duration.replace(/h$/, '')) * hour
  const rate = /^rate\((\d+) (day|hour)s?\)$/.exec(expression)
  if (rate !== null) {
    if (rate[2] === 'hour') return from + Number(rate[1]) * hour
    return length === undefined
      ? endOfDayAfter(from, Number(rate[1]))
      : endOfDayAfter(from, Number(rate[1]) - 1) + 1000 + length
  }
  const cron = /^cron\((.+)\)$/.exec(expression)
  const start = cron === null ? undefined : nextCron(parseCron(cron[1] ?? ''), from)
  if (start === undefined) return undefined
  return length === undefined ? endOfDayAfter(start, 0) : start + length
}

/** Refuses rules that are no schedule. */
export function checkRules(rules: RotationRulesType): void {
  const { AutomaticallyAfterDays: days, ScheduleExpression: expression, Duration: duration } = rules
  if (days !== undefined && expression !== undefined)
    throw invalidParameter(
      'You can specify either AutomaticallyAfterDays or ScheduleExpression, but not both.',
    )
  if (days !== undefined && (days < 1 || days > 1000))
    throw invalidParameter('AutomaticallyAfterDays must be between 1 and 1000.')
  if (duration !== undefined && !/^[1-9]\d?h$/.test(duration))
    throw invalidParameter(`The Duration ${duration} is not valid.`)
  if (expression === undefined) return
  try {
    if (nextRotation({ ScheduleExpression: expression }, 0) !== undefined) return
  } catch (error) {
    throw invalidParameter(`The schedule expression ${expression} is not valid: ${(error as Error).message}.`)
  }
  throw invalidParameter(`The schedule expression ${expression} is not valid.`)
}
