import type { Cancel, Clock } from '../ports/index.ts'
import type { InitializationType } from './environment-variables.ts'
import type { ExecutionEnvironment } from './execution-environment.ts'
import type { Deployment, Lease } from './lease.ts'
import { createPaces } from './pace.ts'

/** All execution environments: idle ones are used again, more are started as more callers wait. */
export interface EnvironmentPool {
  acquire(deployment: Deployment): Promise<Lease>
  /** Starts one for the caller alone, whose init phase may last `limit` real milliseconds. */
  startFresh(deployment: Deployment, limit: number, type?: InitializationType): Promise<Lease>
  /** Gives an environment back after its invocation. */
  release(environment: ExecutionEnvironment): void
  /** Ends the environments of code that `isCurrent` no longer knows; busy ones at their invocation's end. */
  retire(isCurrent: (environment: ExecutionEnvironment) => boolean): void
  environments(): Iterable<ExecutionEnvironment>
  stop(): Promise<void>
}

/** How many environments, and for how long. */
export interface PoolLimits {
  /** So many environments are started without hesitation; one more each time nobody was served for `patience` milliseconds. */
  readonly eager: number
  readonly most: number
  readonly patience: number
  /** Whether the machine has memory for one more. Without it patience lasts longer, but not for ever: who waits may hold the place. */
  readonly room: () => boolean
  /** Simulated milliseconds after which an idle environment is ended. */
  readonly idle: number
  /** AWS gives the init phase ten seconds. */
  readonly init: number
}

/**
 * Nobody begins an environment for a caller who is served sooner by one that runs: starting takes so many milliseconds
 * at least, and a second process that competes for the CPU makes both slower.
 */
const startTime = 30
/** Callers who are all served within so many milliseconds are not served sooner by one more process. */
const worthStarting = 60
/** Real milliseconds of idleness before an environment is frozen. */
const moment = 20

interface Waiter {
  readonly since: number
  readonly give: (lease: Lease) => void
  readonly refuse: (error: Error) => void
}

/** Those who wait for the same code. */
interface Line {
  readonly deployment: Deployment
  readonly waiters: Waiter[]
  /** Environments that are being started for them. */
  starting: number
  /** When one of them was served last. */
  servedAt: number
}

function stoppedError(): Error {
  return new Error('the simulator has stopped')
}

function keyOf({ definition: { name, fingerprint }, version }: Deployment): string {
  return `${name}\n${version}\n${fingerprint}`
}

export function createEnvironmentPool(
  clock: Clock,
  limits: PoolLimits,
  create: (deployment: Deployment, type: InitializationType) => ExecutionEnvironment,
  discarded: (environment: ExecutionEnvironment) => void,
): EnvironmentPool {
  const all = new Set<ExecutionEnvironment>()
  const idle = new Map<string, ExecutionEnvironment[]>()
  const lines = new Map<string, Line>()
  const paces = createPaces(clock)
  const stopping = new Set<Promise<void>>()
  /** When the last environment was started out of impatience. */
  let hurried = 0
  let current: (environment: ExecutionEnvironment) => boolean = () => true
  let sweep: Cancel | undefined
  let freezing: Cancel | undefined
  let impatience: Cancel | undefined
  let lookAt = Number.POSITIVE_INFINITY
  let stopped = false

  const lease = (key: string, environment: ExecutionEnvironment): Lease => {
    paces.begin(key, environment)
    return { kind: 'ready', environment }
  }

  const discard = (environment: ExecutionEnvironment): void => {
    if (!all.delete(environment)) return
    const list = idle.get(keyOf(environment))
    const at = list?.indexOf(environment) ?? -1
    if (at !== -1) list?.splice(at, 1)
    if (list?.length === 0) idle.delete(keyOf(environment))
    const done = environment.stop().then(() => {
      stopping.delete(done)
      discarded(environment)
    })
    stopping.add(done)
  }
  /** Provisioned environments take nobody's place. */
  const onDemand = (): number => {
    let count = 0
    for (const { provisioned } of all) if (!provisioned) count++
    return count
  }
  const oldestIdle = (): ExecutionEnvironment | undefined => {
    let oldest: ExecutionEnvironment | undefined
    for (const list of idle.values())
      for (const environment of list)
        if (!environment.provisioned && (oldest === undefined || environment.idleSince < oldest.idleSince))
          oldest = environment
    return oldest
  }
  const lineOf = (key: string, deployment: Deployment): Line => {
    const line = lines.get(key) ?? { deployment, waiters: [], starting: 0, servedAt: 0 }
    lines.set(key, line)
    return line
  }
  const takeWaiter = (key: string): Waiter | undefined => {
    const line = lines.get(key)
    const waiter = line?.waiters.shift()
    if (line && waiter) line.servedAt = clock.elapsed()
    if (line?.waiters.length === 0 && line.starting === 0) lines.delete(key)
    return waiter
  }

  const begin = (key: string, line: Line): void => {
    let environment: ExecutionEnvironment
    try {
      environment = create(line.deployment, 'on-demand')
    } catch (error) {
      // No place on the disk, no process: that is one caller's answer, and the next one tries again.
      takeWaiter(key)?.refuse(error as Error)
      return
    }
    line.starting++
    all.add(environment)
    void environment.initialise(limits.init).then(outcome => {
      line.starting--
      if (line.starting === 0 && line.waiters.length === 0) lines.delete(key)
      if (outcome.kind === 'ready') release(environment)
      else {
        discard(environment)
        takeWaiter(key)?.give({ kind: 'failed', environment, outcome })
        fill()
      }
    })
  }

  /** Looks at the waiting callers again at `time`; a look that comes sooner is good for this too. */
  const lookAgain = (time: number): void => {
    if (time >= lookAt || time === Number.POSITIVE_INFINITY || stopped) return
    impatience?.()
    lookAt = time
    impatience = clock.deadline(time - clock.elapsed(), () => {
      // After a busy moment timers come first, and the answer that somebody waits for may be there already.
      setImmediate(() => {
        lookAt = Number.POSITIVE_INFINITY
        fill(true)
      })
    })
  }

  /** Starts what the waiting callers need and the limits allow; `looking`: they have waited as long as they were asked to. */
  const fill = (looking = false): void => {
    const now = clock.elapsed()
    let nextLook = Number.POSITIVE_INFINITY
    for (const [key, line] of lines) {
      for (let next = line.waiters[line.starting]; next; next = line.waiters[line.starting]) {
        if (all.size >= limits.most) break
        const soon = Math.max(next.since, line.servedAt) + startTime - now
        if (
          (soon > 0 || !looking) &&
          paces.waitFor(key, line.waiters.length, line.starting) < worthStarting
        ) {
          nextLook = Math.min(nextLook, Math.max(0, soon))
          break
        }
        if (onDemand() >= limits.eager) {
          const victim = oldestIdle()
          if (victim) discard(victim)
          else {
            // One more at a time, and only where nobody of the line has been served for a while.
            const waited = now - Math.max(next.since, line.servedAt, hurried)
            const scarce = waited >= limits.patience && !limits.room()
            const wait = (scarce ? 10 : 1) * limits.patience - waited
            if (wait > 0) {
              nextLook = Math.min(nextLook, wait)
              break
            }
            hurried = now
          }
        }
        begin(key, line)
      }
    }
    lookAgain(now + nextLook)
  }

  const watchIdle = (): void => {
    if (sweep || stopped) return
    sweep = clock.after(limits.idle, () => {
      sweep = undefined
      const before = clock.now() - limits.idle
      for (const list of idle.values())
        for (const environment of [...list])
          if (!environment.provisioned && environment.idleSince <= before) discard(environment)
      if ([...idle.values()].some(list => list.length > 0)) watchIdle()
    })
  }

  const freezeSoon = (): void => {
    if (freezing || stopped) return
    freezing = clock.deadline(moment, () => {
      freezing = undefined
      const before = clock.elapsed() - moment / 2
      let restless = false
      for (const list of idle.values())
        for (const environment of list) {
          if (environment.restedSince <= before) environment.freeze()
          else restless = true
        }
      if (restless) freezeSoon()
    })
  }

  const release = (environment: ExecutionEnvironment): void => {
    const key = keyOf(environment)
    paces.end(key, environment)
    // Who began to wait before a deployment gets the code of that time, as requests under way do.
    const waiter = environment.ended || stopped ? undefined : takeWaiter(key)
    if (waiter) {
      waiter.give(lease(key, environment))
      return
    }
    if (stopped || environment.ended || !current(environment)) {
      discard(environment)
      fill()
      return
    }
    environment.idleSince = clock.now()
    environment.restedSince = clock.elapsed()
    freezeSoon()
    const list = idle.get(key)
    if (list) list.push(environment)
    else idle.set(key, [environment])
    watchIdle()
    if (lines.size > 0) fill()
  }

  return {
    acquire(deployment) {
      const key = keyOf(deployment)
      const list = idle.get(key)
      for (let environment = list?.pop(); environment; environment = list?.pop()) {
        if (!environment.ended) return Promise.resolve(lease(key, environment))
        discard(environment)
      }
      return new Promise((give, refuse) => {
        if (stopped) throw stoppedError()
        lineOf(key, deployment).waiters.push({ since: clock.elapsed(), give, refuse })
        fill()
      })
    },
    async startFresh(deployment, limit, type = 'on-demand') {
      const environment = create(deployment, type)
      all.add(environment)
      const outcome = await environment.initialise(limit)
      if (outcome.kind === 'ready') return { kind: 'ready', environment }
      discard(environment)
      return { kind: 'failed', environment, outcome }
    },
    release,
    retire(isCurrent) {
      current = isCurrent
      for (const list of idle.values())
        for (const environment of [...list]) if (!isCurrent(environment)) discard(environment)
      paces.keep(new Set([...all].map(keyOf)))
    },
    environments: () => all,
    async stop() {
      stopped = true
      sweep?.()
      freezing?.()
      impatience?.()
      for (const line of lines.values())
        for (const waiter of line.waiters.splice(0)) waiter.refuse(stoppedError())
      lines.clear()
      for (const environment of all) discard(environment)
      await Promise.all(stopping)
    },
  }
}
