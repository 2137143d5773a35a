import { rmSync } from 'node:fs'
import { memoize } from '../lib/index.ts'
import { functionId, type Invocation, type InvocationResult } from '../ports/index.ts'
import type { Delivery } from './asynchronous/delivery.ts'
import { createEventQueue } from './asynchronous/event-queue.ts'
import { createEventJournal, invocationOf, queuedEvent } from './asynchronous/queued-event.ts'
import { createConcurrency } from './concurrency.ts'
import { createEnvironment } from './create-environment.ts'
import { withDefaultLimits } from './default-limits.ts'
import { createEnvironmentPool } from './environment-pool.ts'
import type { ExecutionEnvironment } from './execution-environment.ts'
import { createFunctionDirectory, type FoundFunction } from './function-directory.ts'
import type { Lambda, LambdaDependencies } from './lambda.ts'
import { recursiveInvocation, serviceNotPermitted } from './lambda-error.ts'
import { checkPayload } from './payload.ts'
import { createWatchdog } from './processes/watchdog.ts'
import { createProvisionedEnvironments } from './provisioned-environments.ts'
import { lineageHash, nextLineage } from './recursion.ts'
import { runInvocation, tellInit } from './run-invocation.ts'
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
  const pool = createEnvironmentPool(
    clock,
    {
      eager: limits.eagerEnvironments,
      most: limits.accountConcurrency,
      patience: limits.patience,
      room: limits.room,
      idle: limits.idleTime,
      init: limits.initTimeout,
    },
    (deployment, type) => createEnvironment(deps, deployment, runtimes, freeze, type),
    environment => {
      rmSync(environment.temporaryDirectory, { recursive: true, force: true })
      provisioned.gone(environment)
    },
  )
  const provisioned = createProvisionedEnvironments(
    () => pool,
    deps.activity,
    limits.initTimeout,
    environment => tellInit(context, environment),
    (error, { definition: { name }, version }) =>
      deps.log.error({ error, function: name }, `no environment of ${name}:${version} could be provisioned`),
  )
  const directory = createFunctionDirectory({
    own: { account, region },
    ids,
    log: deps.log,
    aliasOf: deps.aliasOf,
  })
  const context = { clock, pool, onLog: deps.onLog, scopeOf: directory.scopeOf }
  const hashOf = memoize(lineageHash)

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
    { id, deployment, arn }: FoundFunction,
    requestId: string,
  ): Promise<InvocationResult> => {
    const name = deployment.definition.name
    const lineage = nextLineage(invocation.traceId, hashOf(id))
    if (lineage.tooOften && !deps.allowRecursion?.(id)) throw stopLoop(name, requestId)
    const leave = concurrency.enter(id, deployment.version)
    const end = deps.activity.begin(`invocation of ${name}`)
    const entry = deps.journal.begin(
      'invocation',
      { function: name, requestId, type: invocation.invocationType },
      invocation.cause,
    )
    try {
      watchMemory()
      entry.stage('event', invocation.payload)
      const traceId = completeTraceId(
        invocation.traceId,
        {
          lineage: lineage.text,
          parent: deps.journal.spanOf(entry.id),
          sampled: deployment.definition.tracing === 'Active',
          now: clock.now(),
        },
        ids,
      )
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
    configurationOf: ({ functionId: id, qualifier }) => deps.asynchronousConfiguration?.(id, qualifier) ?? {},
    run: async event =>
      run(invocationOf(event), directory.find(event.functionArn, event.qualifier, true), event.requestId),
    deliver,
  })
  let recovered = false
  /** What Lambda checks before it takes an invocation. */
  const admit = (invocation: Invocation) => {
    const found = directory.find(invocation.functionName, invocation.qualifier, invocation.exact)
    const { onBehalfOf: service } = invocation
    if (service && deps.permits?.(found.id, found.qualifier, service) === false)
      throw serviceNotPermitted(service, found.arn)
    checkPayload(invocation)
    const requestId = invocation.requestId ?? ids.uuid()
    const executedVersion = found.deployment.version
    return { found, requestId, empty: { requestId, payload: new Uint8Array(0), executedVersion, log: '' } }
  }
  const accept = async (invocation: Invocation): Promise<InvocationResult> => {
    const { found, requestId, empty } = admit(invocation)
    await queue.accept(queuedEvent(invocation, found, requestId, clock.now(), ids))
    return { ...empty, statusCode: 202 }
  }
  const isCurrent = ({ definition, version }: ExecutionEnvironment): boolean =>
    directory.knows(definition, version)

  return {
    async invoke(invocation) {
      if (invocation.invocationType === 'Event') return accept(invocation)
      const { found, requestId, empty } = admit(invocation)
      if (invocation.invocationType === 'DryRun') return { ...empty, statusCode: 204 }
      return until(run(invocation, found, requestId), invocation.signal)
    },
    deploy(next) {
      directory.use(next)
      pool.retire(isCurrent)
      runtimes.prepare(next.values())
      const provisions = deps.provisioned?.() ?? new Map()
      concurrency.provision(provisions)
      provisioned.use(directory.provisions(provisions))
      if (recovered) return
      recovered = true
      queue.recover().catch(error => deps.log.error({ error }, 'events of an earlier run could not be read'))
    },
    reserveConcurrency: (id, limit) =>
      concurrency.reserve(id.includes('/') ? id : functionId({ account, region }, id), limit),
    provisioned: (id, version) => provisioned.state(`${id}:${version}`),
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
      provisioned.use(new Map())
      pool.retire(environment => !stale.has(environment) && isCurrent(environment))
    },
    async stop() {
      queue.stop()
      provisioned.use(new Map())
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
