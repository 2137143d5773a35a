import { availableParallelism } from 'node:os'
import type { LambdaLimits } from './lambda.ts'

const minute = 60_000

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, where the machine can bear them. */
export function withDefaultLimits(limits: Partial<LambdaLimits> = {}): LambdaLimits {
  return {
    accountConcurrency: 1000,
    eagerEnvironments: Math.max(8, 4 * availableParallelism()),
    patience: 500,
    // AWS says nothing; five to fifteen minutes are commonly observed.
    idleTime: 10 * minute,
    initTimeout: 10_000,
    retryDelays: [minute, 2 * minute],
    spareProcesses: 2,
    ...limits,
  }
}
