import type { Activity, ProvisionedState } from '../ports/index.ts'
import type { EnvironmentPool } from './environment-pool.ts'
import type { ExecutionEnvironment } from './execution-environment.ts'
import type { Deployment } from './lease.ts'

/** How many environments of which code are to be there before anybody calls. */
export interface Provision {
  readonly deployment: Deployment
  readonly count: number
}

/** Keeps environments ready: https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html */
export interface ProvisionedEnvironments {
  /** Starts what is missing; what is too much goes on as if it had been started on demand. */
  use(wanted: ReadonlyMap<string, Provision>): void
  /** One of the pool's environments is gone. */
  gone(environment: ExecutionEnvironment): void
  state(key: string): ProvisionedState
}

interface Group {
  provision: Provision
  readonly environments: Set<ExecutionEnvironment>
  starting: number
  failure?: string
}

/**
 * Starts environments in the pool, whose init phase may last `limit` real milliseconds; `initialised` hears how it went,
 * `failed` of one that could not even be begun: no place on the disk, no process.
 */
export function createProvisionedEnvironments(
  pool: () => EnvironmentPool,
  activity: Activity,
  limit: number,
  initialised: (environment: ExecutionEnvironment) => void,
  failed: (error: unknown, deployment: Deployment) => void,
): ProvisionedEnvironments {
  const groups = new Map<string, Group>()

  const start = async (key: string, group: Group): Promise<void> => {
    const { deployment } = group.provision
    group.starting++
    const end = activity.begin(`provisioned concurrency of ${deployment.definition.name}`)
    try {
      const lease = await pool().startFresh(deployment, limit, 'provisioned-concurrency')
      initialised(lease.environment)
      if (lease.kind === 'failed') group.failure = 'FUNCTION_ERROR_INIT_FAILURE'
      else {
        if (groups.get(key) === group && group.environments.size < group.provision.count)
          group.environments.add(lease.environment)
        else lease.environment.provisioned = false
        pool().release(lease.environment)
      }
    } catch (error) {
      group.failure = 'INTERNAL_ERROR'
      failed(error, deployment)
    } finally {
      group.starting--
      end()
    }
  }
  const fill = (key: string, group: Group): void => {
    // A function that cannot be initialised is not started over and over; the next change of it tries again.
    if (group.failure !== undefined) return
    for (let have = group.environments.size + group.starting; have < group.provision.count; have++)
      void start(key, group)
  }
  const letGo = (group: Group, count: number): void => {
    for (const environment of group.environments) {
      if (group.environments.size <= count) return
      environment.provisioned = false
      group.environments.delete(environment)
    }
  }

  return {
    use(wanted) {
      for (const [key, group] of groups) {
        const next = wanted.get(key)?.deployment.definition.fingerprint
        if (next === group.provision.deployment.definition.fingerprint) continue
        letGo(group, 0)
        groups.delete(key)
      }
      for (const [key, provision] of wanted) {
        const group = groups.get(key) ?? { provision, environments: new Set(), starting: 0 }
        group.provision = provision
        groups.set(key, group)
        letGo(group, provision.count)
        fill(key, group)
      }
    },
    gone(environment) {
      for (const [key, group] of groups) if (group.environments.delete(environment)) fill(key, group)
    },
    state(key) {
      const group = groups.get(key)
      return {
        ready: group?.environments.size ?? 0,
        ...(group?.failure !== undefined && { failure: group.failure }),
      }
    },
  }
}
