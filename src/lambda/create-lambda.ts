import { rmSync } from 'node:fs'
import { memoize } from '../lib/index.ts'
import type { FunctionDefinition, Invocation, InvocationResult } from '../ports/index.ts'
import type { Delivery } from './asynchronous/delivery.ts'
import { createEventQueue } from './asynchronous/event-queue.ts'
import { createEventJournal, invocationOf, queuedEvent } from './asynchronous/queued-event.ts'
import { chooseVersion } from './choose-version.ts'
import { createConcurrency } from './concurrency.ts'
import { createEnvironment } from './create-environment.ts'
import { withDefaultLimits } from './default-limits.ts'
import { createEnvironmentPool, type Deployment } from './environment-pool.ts'
import type { ExecutionEnvironment } from './execution-environment.ts'
import { findDeployment, latest } from './find-deployment.ts'
import { parseFunctionReference } from './function-reference.ts'
import type { Lambda, LambdaDependencies } from './lambda.ts'
import { functionNotFound, recursiveInvocation } from './lambda-error.ts'
import { checkPayload } from './payload.ts'
import { createWatchdog } from './processes/watchdog.ts'
import { lineageHash, nextLineage } from './recursion.ts'
import { runInvocation } from './run-invocation.ts'
import { createRuntimes } from './runtimes/create-runtimes.ts'
import { completeTraceId } from './trace-id.ts'

/** Memory of running functions is looked at so often, in real milliseconds. */
const memoryInterval = 100

/** Builds the part that runs functions; nothing is started before the first `deploy`. */
export function createLambda(deps: LambdaDependencies): Lambda {
  const { clock, ids, account, region } = deps
  const limits = withDefaultLimits(deps.limits)
  const watchdog = createWatchdog()
  const runtimes = createRuntimes(deps, limits, watchdog)
  const concurrency = createConcurrency(limits.accountConcurrency)
  const freeze = (deps.freeze ?? true) && deps.inspect === undefined
  const assumed = new Set<string>()
  let definitions: ReadonlyMap<string, FunctionDefinition> = new Map()
  const pool = createEnvironmentPool(
    clock,
    {
      eager: limits.eagerEnvironments,
      most: limits.accountConcurrency,
      patience: limits.patience,
      idle: limits.idleTime,
      init: limits.initTimeout,
    },
    deployment => createEnvironment(deps, deployment, runtimes.startFor(deployment.definition), freeze),
    environment => rmSync(environment.temporaryDirectory, { recursive: true, force: true }),
  )
  const context = { clock, pool, onLog: deps.onLog }

  const arnOf = (name: string, qualifier?: string): string =>
    `arn:aws:lambda:${region}:${account}:function:${name}${qualifier === undefined ? '' : `:${qualifier}`}`

  const hashOf = memoize((name: string) => lineageHash(arnOf(name)))

  const find = (name: string, qualifier: string | undefined): Deployment => {
    const alias = qualifier === undefined ? undefined : deps.aliasOf?.(name, qualifier)
    const found = findDeployment(definitions, name, alias ? chooseVersion(alias, ids) : qualifier)
    if (found && alias) return found
    if (found === undefined) throw functionNotFound(arnOf(name, qualifier))
    if (qualifier !== undefined && qualifier !== found.version && !assumed.has(`${name}:${qualifier}`)) {
      assumed.add(`${name}:${qualifier}`)
      deps.log.warn(
        { function: name, qualifier },
        `${name} has no versions here, so ${name}:${qualifier} runs the code as it is`,
      )
    }
    return found
  }

  const stopLoop = (name: string, requestId: string): Error => {
    deps.log.warn(
      { function: name, requestId },
      `${name} was stopped: it has been invoked 16 times in one chain of requests, so it seems to trigger itself`,
    )
    return recursiveInvocation()
  }

  // One timer for all running functions, and none while nothing runs.
  let watching = false
  const watchMemory = (): void => {
    if (watching) return
    watching = true
    clock.deadline(memoryInterval, () => {
      watching = false
      for (const environment of pool.environments()) environment.checkMemory()
      if (concurrency.running() > 0) watchMemory()
    })
  }

  const run = async (
    invocation: Invocation,
    deployment: Deployment,
    requestId: string,
    arn: string,
  ): Promise<InvocationResult> => {
    const name = deployment.definition.name
    const lineage = nextLineage(invocation.traceId, hashOf(name))
    if (lineage.tooOften && !deps.allowRecursion?.(name)) throw stopLoop(name, requestId)
    const leave = concurrency.enter(name)
    const end = deps.activity.begin(`invocation of ${name}`)
    const entry = deps.journal.begin(
      'invocation',
      { function: name, requestId, type: invocation.invocationType },
      invocation.cause,
    )
    try {
      watchMemory()
      entry.stage('event', invocation.payload)
      const traceId = completeTraceId(invocation.traceId, lineage.text, clock.now(), ids)
      const result = await runInvocation(context, { invocation, deployment, requestId, arn, traceId, entry })
      entry.stage('result', result.payload)
      entry.stage('log', result.log)
      entry.finish({
        statusCode: result.statusCode,
        ...(result.functionError && { functionError: result.functionError }),
      })
      return result
    } catch (error) {
      entry.finish({ error })
      throw error
    } finally {
      leave()
      end()
    }
  }

  const deliver = async (delivery: Delivery): Promise<void> => {
    const { target, body, cause, traceId } = delivery
    if (target.startsWith('arn:aws:lambda:')) {
      await accept({
        functionName: target,
        invocationType: 'Event',
        payload: Buffer.from(body),
        ...(cause !== undefined && { cause }),
        ...(traceId !== undefined && { traceId }),
      })
    } else if (deps.deliver) await deps.deliver(delivery)
    else throw new Error(`nobody delivers to ${target}`)
  }
  const queue = createEventQueue({
    clock,
    log: deps.log,
    activity: deps.activity,
    journal: createEventJournal(deps.store),
    retryDelays: limits.retryDelays,
    parallel: 2 * limits.eagerEnvironments,
    configurationOf: ({ functionName, qualifier }) =>
      deps.asynchronousConfiguration?.(functionName, qualifier) ?? {},
    arnOf: ({ functionName, qualifier }) => arnOf(functionName, qualifier ?? latest),
    run: async event => {
      const { functionName, qualifier, requestId } = event
      return run(
        invocationOf(event),
        find(functionName, qualifier),
        requestId,
        arnOf(functionName, qualifier),
      )
    },
    deliver,
  })
  let recovered = false
  /** What Lambda checks before it takes an invocation. */
  const admit = (invocation: Invocation) => {
    const { name, qualifier } = parseFunctionReference(invocation.functionName, invocation.qualifier)
    const deployment = find(name, qualifier)
    checkPayload(invocation)
    const requestId = invocation.requestId ?? ids.uuid()
    const empty = { requestId, payload: new Uint8Array(0), executedVersion: deployment.version, log: '' }
    return { name, qualifier, deployment, requestId, empty }
  }
  const accept = async (invocation: Invocation): Promise<InvocationResult> => {
    const { name, qualifier, requestId, empty } = admit(invocation)
    const reference = { name, ...(qualifier !== undefined && { qualifier }) }
    await queue.accept(queuedEvent(invocation, reference, requestId, clock.now(), ids))
    return { ...empty, statusCode: 202 }
  }
  const isCurrent = ({ definition: { name, fingerprint }, version }: ExecutionEnvironment): boolean =>
    definitions.get(version === latest ? name : `${name}:${version}`)?.fingerprint === fingerprint

  return {
    async invoke(invocation) {
      if (invocation.invocationType === 'Event') return accept(invocation)
      const { name, qualifier, deployment, requestId, empty } = admit(invocation)
      if (invocation.invocationType === 'DryRun') return { ...empty, statusCode: 204 }
      return until(run(invocation, deployment, requestId, arnOf(name, qualifier)), invocation.signal)
    },
    deploy(next) {
      definitions = next
      pool.retire(isCurrent)
      runtimes.prepare(next.values())
      if (recovered) return
      recovered = true
      queue.recover().catch(error => deps.log.error({ error }, 'events of an earlier run could not be read'))
    },
    reserveConcurrency: concurrency.reserve,
    status: () => ({
      environments: [...pool.environments()].map(environment => ({
        functionName: environment.definition.name,
        version: environment.version,
        logStream: environment.logStream,
        state: environment.state,
      })),
      invocations: concurrency.running(),
    }),
    reset() {
      queue.clear()
      concurrency.clear()
      const stale = new Set(pool.environments())
      pool.retire(environment => !stale.has(environment) && isCurrent(environment))
    },
    async stop() {
      queue.stop()
      await pool.stop()
      await runtimes.stop()
      await watchdog.stop()
    },
  }
}

/** Waits for a result no longer than the caller does; the function itself runs on, as on AWS. */
function until<Result>(running: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (!signal) return running
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason)
    if (signal.aborted) leave()
    signal.addEventListener('abort', leave, { once: true })
    running.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave))
  })
}
