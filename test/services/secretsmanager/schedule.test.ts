import { expect, test } from 'vitest'
import { nextRotation } from '../../../src/services/secretsmanager/rotation-rules.ts'

const from = Date.UTC(2026, 0, 15, 10, 30)
const next = (ScheduleExpression: string, Duration?: string): string | undefined => {
  const time = nextRotation({ ScheduleExpression, Duration }, from)
  return time === undefined ? undefined : new Date(time).toISOString()
}

// The examples of https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html, from
// Thursday, 15 January 2026, 10:30 UTC; a window without duration ends with its day.
test.each([
  ['cron(0 8 * * ? *)', '2h', '2026-01-16T10:00:00.000Z'],
  ['cron(0 8 ? * SUN *)', '2h', '2026-01-18T10:00:00.000Z'],
  ['cron(0 16 ? * SUN#1 *)', '1h', '2026-02-01T17:00:00.000Z'],
  ['cron(0 0 1 1/3 ? *)', undefined, '2026-04-01T23:59:59.000Z'],
  ['cron(0 17 L * ? *)', '3h', '2026-01-31T20:00:00.000Z'],
  ['cron(0 8 ? * 6L *)', '1h', '2026-01-30T09:00:00.000Z'],
  ['cron(0 8,20 ? * MON-FRI *)', '1h', '2026-01-15T21:00:00.000Z'],
  ['cron(0 0/12 * * ? *)', '1h', '2026-01-15T13:00:00.000Z'],
  ['cron(0 0 1 1 ? 2031)', '1h', '2031-01-01T01:00:00.000Z'],
  ['cron(0 0 1 1 ? 2020)', '1h', undefined],
  ['rate(4 hours)', undefined, '2026-01-15T14:30:00.000Z'],
  ['rate(10 days)', undefined, '2026-01-25T23:59:59.000Z'],
  ['rate(1 day)', '3h', '2026-01-16T03:00:00.000Z'],
])('%s with duration %s', (expression, duration, expected) => {
  expect(next(expression, duration)).toBe(expected)
})
