import type { Clock } from '../ports/index.ts'
import type { ApiKey, ApiKeys } from './gateway-auth.ts'
import { createThrottles, type Throttle } from './throttles.ts'

/** What a usage plan allows each of its keys. */
export interface UsagePlan {
  /** Names of keys. */
  readonly keys: readonly string[]
  /** `stage` or `api:stage`; all of them when absent. */
  readonly stages?: readonly string[] | undefined
  readonly throttle?: Throttle | undefined
  readonly quota?: { readonly limit: number; readonly period: 'DAY' | 'WEEK' | 'MONTH' } | undefined
}

/**
 * API keys by name and value, and the plans that they belong to. Without any plan a key needs none; with plans a key
 * opens what one of its plans opens and nothing else:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export function createApiKeys(
  values: Readonly<Record<string, string>>,
  plans: Readonly<Record<string, UsagePlan>>,
  clock: Pick<Clock, 'now'>,
): ApiKeys {
  const keys = new Map(
    Object.entries(values).map(([name, value]): [string, ApiKey] => [
      value,
      { id: name, value, enabled: true },
    ]),
  )
  const throttles = createThrottles(clock)
  const used = new Map<string, { period: number; count: number }>()
  const entries = Object.entries(plans)

  const exceeds = (counter: string, { limit, period }: NonNullable<UsagePlan['quota']>): boolean => {
    const current = periodOf(clock.now(), period)
    const before = used.get(counter)
    const count = before?.period === current ? before.count : 0
    if (count >= limit) return true
    used.set(counter, { period: current, count: count + 1 })
    return false
  }

  return {
    find: value => keys.get(value),
    use(key, api, stage) {
      if (entries.length === 0) return 'ok'
      // Within one stage AWS lets a key be in one plan only.
      const found = entries.find(
        ([, plan]) =>
          plan.keys.includes(key.id) &&
          (plan.stages === undefined ||
            plan.stages.includes(stage) ||
            plan.stages.includes(`${api}:${stage}`)),
      )
      if (found === undefined) return 'no-plan'
      const [name, { throttle, quota }] = found
      const counter = `${name}\n${key.id}`
      if (throttle !== undefined && !throttles.take(counter, throttle)) return 'throttled'
      return quota !== undefined && exceeds(counter, quota) ? 'quota-exceeded' : 'ok'
    },
    forget() {
      throttles.clear()
      used.clear()
    },
  }
}

const day = 86_400_000

/** The number of the period that a time lies in; weeks begin on Sunday (assumed), everything at midnight UTC. */
function periodOf(time: number, period: 'DAY' | 'WEEK' | 'MONTH'): number {
  if (period === 'DAY') return Math.floor(time / day)
  // 1 January 1970 was a Thursday.
  if (period === 'WEEK') return Math.floor((time / day + 4) / 7)
  const date = new Date(time)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}
