import { jsonTable } from '../../../stores/index.ts'
import type { S3EventType } from '../events.ts'
import { serviceContext } from '../service-context.ts'
import type { S3Context, S3State } from '../state.ts'

/** A change that the engine was about to be asked for: written durably before the request is handed on. */
export interface Intent {
  readonly bucket: string
  readonly changes: readonly IntendedChange[]
  readonly reason: string
  readonly account: string
  readonly region: string
  readonly principal: Pick<S3Context['principal'], 'kind' | 'account' | 'arn' | 'userId'>
  readonly requestId: string
  readonly sourceIp: string
  readonly traceId?: string | undefined
  readonly time: number
  /** The process that is at it, where several use the store. */
  readonly owner?: string | undefined
}

/** One object of a change. */
export interface IntendedChange {
  readonly key: string
  /** The version that was named. */
  readonly version?: string | undefined
  readonly type: S3EventType
}

/** Key: the request's id. */
export const intents = jsonTable<Intent>('s3/intent')

/** Writes down what a request is about to change. */
export function intentOf(
  context: S3Context,
  bucket: string,
  reason: string,
  changes: readonly IntendedChange[],
): Intent {
  const { account, region, requestId, http, now: time } = context
  const { kind, account: principalAccount, arn, userId } = context.principal
  const traceId = http.headers['x-amzn-trace-id']
  return {
    bucket,
    changes,
    reason,
    account,
    region,
    principal: { kind, account: principalAccount, arn, userId },
    requestId,
    sourceIp: http.sourceIp,
    ...(traceId === undefined ? {} : { traceId }),
    time,
    owner: context.state.engine?.owner,
  }
}

/** The context of a request that an earlier process did not see the end of. */
export function contextOf(state: S3State, intent: Intent): S3Context {
  const { account, region, principal, requestId, sourceIp, traceId, time } = intent
  const context = serviceContext(state, { account, region })
  return {
    ...context,
    principal: { ...context.principal, ...principal },
    requestId,
    now: time,
    http: {
      ...context.http,
      sourceIp,
      headers: traceId === undefined ? {} : { 'x-amzn-trace-id': traceId },
    },
  }
}
