import { availableParallelism, totalmem } from 'node:os'
import type { LambdaLimits } from './lambda.ts'

const minute = 60_000

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, where the machine can bear them. */
export function withDefaultLimits(limits: Partial<LambdaLimits> = {}): LambdaLimits {
  return {
    accountConcurrency: 1000,
    eagerEnvironments: Math.max(8, 4 * availableParallelism()),
    patience: 100,
    room: hasRoom,
    // AWS says nothing; five to fifteen minutes are commonly observed.
    idleTime: 10 * minute,
    initTimeout: 10_000,
    retryDelays: [minute, 2 * minute],
    spareProcesses: 2,
    ...limits,
  }
}

const gigabyte = 1024 * 1024 * 1024

/** What others keep: a gigabyte, or a quarter of a small machine or container. */
const reserve = Math.min(gigabyte, Math.min(totalmem(), process.constrainedMemory() || totalmem()) / 4)

/**
 * Whether there is memory for one more process; 1,000 of them would take 45 GB. macOS keeps hardly any memory free, and
 * what it could free Node does not tell.
 */
function hasRoom(): boolean {
  return process.platform === 'darwin' || process.availableMemory() > reserve
}
