import type { Clock } from '../ports/index.ts'

/** A token bucket's size and how fast it fills. */
export interface Throttle {
  /** Requests per second in the long run. */
  readonly rateLimit: number
  /** Requests that may come at once. */
  readonly burstLimit: number
}

/** Token buckets by what they limit: a stage, a key of a usage plan. */
export interface Throttles {
  /** Takes a token, or says that there is none. */
  take(key: string, limits: Throttle): boolean
  /** All buckets are full again. */
  clear(): void
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html */
export function createThrottles(clock: Pick<Clock, 'now'>): Throttles {
  const buckets = new Map<string, { tokens: number; at: number }>()
  return {
    take(key, { rateLimit, burstLimit }) {
      const now = clock.now()
      const bucket = buckets.get(key) ?? { tokens: burstLimit, at: now }
      buckets.set(key, bucket)
      bucket.tokens = Math.min(burstLimit, bucket.tokens + (Math.max(0, now - bucket.at) * rateLimit) / 1000)
      bucket.at = now
      if (bucket.tokens < 1) return false
      bucket.tokens--
      return true
    },
    clear: () => buckets.clear(),
  }
}
