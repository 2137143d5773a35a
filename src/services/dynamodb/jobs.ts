import { AwsError } from '../../aws/index.ts'
import type { DynamoDbState } from './state.ts'

/** How S3's refusal is told by a job: `S3NoSuchBucket` (documented for exports), and others alike. */
export function failureOf(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof AwsError) return { code: `S3${error.code}`, message: error.message }
  return { code: 'UNKNOWN', message: error instanceof Error ? error.message : String(error) }
}

/** Runs a job behind the answer that announces it; `idle` waits for it. */
export function runJob(
  { activity, log, jobs }: Pick<DynamoDbState, 'activity' | 'log' | 'jobs'>,
  arn: string,
  run: () => Promise<void>,
): void {
  jobs.add(arn)
  const ended = activity.begin(arn)
  run()
    .catch(error => log.error({ err: error, job: arn }, 'A job of DynamoDB could not be finished'))
    .finally(() => {
      jobs.delete(arn)
      ended()
    })
}

/** The id of a backup, an export or an import: AWS writes a time and eight hex digits. */
export const jobId = (now: number, uuid: string): string =>
  `${String(now).padStart(14, '0')}-${uuid.slice(0, 8)}`
