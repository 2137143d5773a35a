import { defineService, type ServiceDefinition, type ServiceEnvironment } from '../../aws/index.ts'
import type { DeployedFunctions, FunctionHost } from '../../ports/index.ts'
import { access } from './access.ts'
import { usedPackages } from './code.ts'
import { loadDeployed, redeploy } from './deployed.ts'
import { type EventSources, noEventSources } from './event-sources.ts'
import * as operations from './operations/index.ts'
import { openPackages, type Packages } from './packages/packages.ts'
import { type LambdaState, mappings, type ReadObject } from './state.ts'
import { watchMappings } from './watch-mappings.ts'

export type { EventSources } from './event-sources.ts'
export { packagePath } from './package-url.ts'
export type { Packages } from './packages/packages.ts'
export { missingForPublicUrl, servicePermitted } from './service-permission.ts'
export type { MappingRecord, ReadObject } from './state.ts'
export {
  createFunctionUrls,
  type FunctionUrls,
  type UrlAuthorizer,
  type UrlReply,
  type UrlRequest,
} from './url/function-urls.ts'

/** Packages and the functions made of them, as an earlier run left them; to be deployed before any door opens. */
export async function openLambdaPackages({
  store,
  ids,
  directory,
}: Pick<ServiceEnvironment, 'store' | 'ids'> & { readonly directory: string }): Promise<{
  readonly packages: Packages
  readonly deployed: DeployedFunctions
}> {
  const packages = openPackages(directory, ids)
  await packages.sweep(await usedPackages({ store }))
  return { packages, deployed: await loadDeployed(store, packages) }
}

/** What the Lambda API is built on. */
export interface LambdaServiceOptions {
  readonly host: FunctionHost
  readonly packages: Packages
  /** Absent: code out of buckets is refused. */
  readonly readObject?: ReadObject
  readonly eventSources?: EventSources
  /** Other simulators write into the store too: their event source mappings are looked for. */
  readonly isShared?: boolean
}

/**
 * The Lambda API. It keeps what is asked of it in the store and tells `host`, which runs functions. Durable executions,
 * capacity providers and code signing answer 501 or are refused.
 */
export function createLambdaService(options: LambdaServiceOptions): ServiceDefinition {
  const { host, packages, readObject, eventSources = noEventSources, isShared = false } = options
  let stopWatching = (): void => {}
  return defineService<LambdaState>({
    id: 'lambda',
    async createState({ store, clock, ids, log, endpoint }) {
      const state: LambdaState = {
        store,
        clock,
        ids,
        log,
        endpoint,
        host,
        packages,
        readObject,
        eventSources,
        deployment: { last: Promise.resolve() },
      }
      stopWatching = await watchMappings(state, isShared)
      return state
    },
    stop: () => stopWatching(),
    operations,
    access,
    startsAtOnce: true,
    async reset(state) {
      const known = await state.store.read(reader => [...mappings.under(reader)])
      for (const [, { UUID }] of known) eventSources.remove(UUID)
      await state.store.clear('lambda/')
      await redeploy(state)
      await packages.sweep(new Set())
    },
  })
}
