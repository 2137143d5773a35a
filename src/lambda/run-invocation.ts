import {
  type Clock,
  type FunctionDefinition,
  type FunctionScope,
  type Invocation,
  type InvocationResult,
  type JournalEntry,
  realTime,
} from '../ports/index.ts'
import type { InvocationOutcome } from './environment-outcome.ts'
import type { EnvironmentPool } from './environment-pool.ts'
import { logGroupOf } from './environment-variables.ts'
import type { ExecutionEnvironment } from './execution-environment.ts'
import { type FunctionError, timedOut } from './function-error.ts'
import { InvocationLog } from './invocation-log.ts'
import type { FunctionLog } from './lambda.ts'
import type { Deployment, Lease } from './lease.ts'
import { platformLines } from './platform-lines.ts'
import { timeoutLine } from './report-lines.ts'
import { createStreamSink, type StreamHead } from './stream-sink.ts'

/** What one run needs besides the event. */
export interface RunContext {
  readonly clock: Clock
  readonly pool: EnvironmentPool
  readonly onLog: ((log: FunctionLog) => void) | undefined
  readonly scopeOf: (definition: FunctionDefinition) => FunctionScope
}

/** One invocation that has been accepted. */
export interface AcceptedInvocation {
  readonly invocation: Invocation
  readonly deployment: Deployment
  readonly requestId: string
  readonly arn: string
  readonly traceId: string
  readonly entry: JournalEntry
}

/** Runs one event in an environment, from START to REPORT. Rejects only when the simulator stops. */
export async function runInvocation(
  context: RunContext,
  accepted: AcceptedInvocation,
): Promise<InvocationResult> {
  const { clock, pool } = context
  const { invocation, deployment, requestId } = accepted
  const { definition, version } = deployment
  const timeout = definition.timeout * 1000
  const log = new InvocationLog(() => clock.now())

  let lease = await pool.acquire(deployment)
  let initDuration = takeInit(context, lease)
  let remaining = timeout
  if (lease.kind === 'failed' && lease.outcome.kind === 'timeout') {
    // AWS begins the init phase anew inside the invocation; it counts as a part of it then.
    lease = await pool.startFresh(deployment, timeout)
    remaining -= takeInit(context, lease) ?? 0
    initDuration = undefined
  }
  const { environment } = lease
  const lines = platformLines(definition, () => clock.now())
  log.note(lines.start(requestId, version))

  const head: StreamHead = {}
  let outcome: InvocationOutcome
  if (lease.kind === 'failed') {
    outcome = failedInit(context, accepted, lease, log)
  } else {
    const sink = createStreamSink(invocation, head)
    outcome = await environment.invoke(
      {
        requestId,
        payload: invocation.payload.length === 0 ? emptyEvent : invocation.payload,
        deadline: Math.floor(realTime() + remaining),
        arn: accepted.arn,
        traceId: accepted.traceId,
        ...clientContextOf(invocation),
        ...identityOf(invocation),
      },
      log,
      remaining,
      sink,
    )
  }
  log.close()
  log.note(lines.end(requestId))
  log.note(
    lines.report({
      requestId,
      duration: outcome.duration,
      ...(initDuration !== undefined && lease.kind === 'ready' && { initDuration }),
      memorySize: definition.memorySize,
      memoryUsed: environment.memoryUsed(),
      status: outcome.status,
      ...(accepted.traceId.includes(';Sampled=1') && { traceId: accepted.traceId }),
      ...(outcome.status === 'error' && outcome.error && { errorType: outcome.error.errorType }),
    }),
  )
  if (lease.kind === 'ready') pool.release(environment)
  context.onLog?.({
    ...context.scopeOf(definition),
    functionName: definition.name,
    version,
    logGroup: logGroupOf(definition),
    logStream: environment.logStream,
    requestId,
    records: log.records,
  })
  return {
    requestId,
    statusCode: 200,
    payload: outcome.payload,
    ...(outcome.error && { functionError: 'Unhandled' as const }),
    executedVersion: version,
    log: log.text(),
    ...('metadata' in head && { streamMetadata: head.metadata }),
  }
}

/** A function that is invoked without a payload gets an empty object. */
const emptyEvent = Buffer.from('{}')

/** The init phase's duration, for the one invocation that reports it; its log goes to the stream. */
function takeInit(context: RunContext, { environment }: Lease): number | undefined {
  const duration = environment.initDuration
  environment.initDuration = undefined
  if (duration !== undefined) tellInit(context, environment)
  return duration
}

/** What the init phase printed goes to the stream, once. */
export function tellInit(context: RunContext, environment: ExecutionEnvironment): void {
  if (environment.initTold) return
  environment.initTold = true
  environment.initLog.close()
  context.onLog?.({
    ...context.scopeOf(environment.definition),
    functionName: environment.definition.name,
    version: environment.version,
    logGroup: logGroupOf(environment.definition),
    logStream: environment.logStream,
    records: environment.initLog.records,
  })
}

/** AWS repeats a failed init phase inside the invocation, so that the caller's log shows its output; we show it once. */
function failedInit(
  context: RunContext,
  accepted: AcceptedInvocation,
  lease: Extract<Lease, { kind: 'failed' }>,
  log: InvocationLog,
): InvocationOutcome {
  const { definition } = accepted.deployment
  const { requestId } = accepted
  for (const record of lease.environment.initLog.records.slice(1)) log.add(record.message, record.time)
  let error: FunctionError
  if (lease.outcome.kind === 'timeout') {
    error = timedOut(requestId, definition.timeout)
    log.note(timeoutLine(context.clock.now(), requestId, definition.timeout))
  } else error = lease.outcome.error(requestId)
  return {
    payload: error.payload,
    error,
    status: lease.outcome.kind === 'timeout' ? 'timeout' : 'error',
    duration: 0,
  }
}

function clientContextOf(invocation: Invocation): { readonly clientContext?: string } {
  if (invocation.clientContext === undefined) return {}
  return { clientContext: Buffer.from(invocation.clientContext, 'base64').toString() }
}

function identityOf({ cognitoIdentity }: Invocation): { readonly cognitoIdentity?: string } {
  if (cognitoIdentity === undefined) return {}
  const { identityId, identityPoolId } = cognitoIdentity
  return {
    cognitoIdentity: JSON.stringify({ cognitoIdentityId: identityId, cognitoIdentityPoolId: identityPoolId }),
  }
}
