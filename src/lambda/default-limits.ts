import { availableParallelism, totalmem } from 'node:os'
import type { LambdaLimits } from './lambda.ts'

const minute = 60_000

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, where the machine can bear them. */
export function withDefaultLimits(limits: Partial<LambdaLimits> = {}): LambdaLimits {
  return {
    accountConcurrency: 1000,
    eagerEnvironments: Math.max(8, 4 * availableParallelism()),
    patience: 100,
    // AWS says nothing; five to fifteen minutes are commonly observed.
    idleTime: 10 * minute,
    initTimeout: 10_000,
    retryDelays: [minute, 2 * minute],
    spareProcesses: 2,
    ...limits,
  }
}

/** What others on the machine (or in the container) keep: a gigabyte, or a quarter of a small machine. */
const reserve = Math.min(totalmem() / 4, 1024 * 1024 * 1024)

/** Whether there is memory for one more process; 1,000 of them would take 45 GB. */
export function hasRoom(): boolean {
  return process.availableMemory() > reserve
}
