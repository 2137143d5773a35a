import { resolve } from 'node:path'
import { rootPrincipal } from '../aws/index.ts'
import type { Config, Environment } from '../config/index.ts'
import { createLambda, type FunctionLog, type Lambda, type LambdaDependencies } from '../lambda/index.ts'
import {
  type BucketObjects,
  createLogs,
  type Logs,
  openLambdaPackages,
  type Packages,
} from '../services/index.ts'
import type { Store } from '../stores/index.ts'
import { bucketObjects } from './bucket-objects.ts'
import type { Root } from './call-as-root.ts'
import type { DataFolder } from './data-folder.ts'
import { deliverer } from './deliver.ts'
import { createDeployments, type Deployments } from './deployments.ts'
import type { RoleSessions } from './role-sessions.ts'

/** Everything that runs functions, those of the project and those of the Lambda API. */
export interface FunctionParts {
  readonly lambda: Lambda
  readonly deployments: Deployments
  readonly packages: Packages
  readonly logs: Logs
  readonly objects: BucketObjects
}

interface Needs
  extends Pick<
    LambdaDependencies,
    'clock' | 'ids' | 'log' | 'journal' | 'activity' | 'awsEndpoint' | 'onLog'
  > {
  readonly config: Config
  readonly folder: DataFolder
  readonly store: Store
  readonly sessions: RoleSessions
  readonly environment: Environment
  readonly root: Root
  /** The services, once the door is open. */
  readonly host: Parameters<typeof bucketObjects>[0]
}

/** Opens what an earlier run left and makes the runner; nothing is deployed before the project is known. */
export async function openFunctions(needs: Needs): Promise<FunctionParts> {
  const { config, folder, store, sessions, environment, root, host, onLog, ...given } = needs
  const { account, region, project, inspect } = config
  const { packages, deployed } = await openLambdaPackages({
    store,
    ids: given.ids,
    directory: `${folder.kept ?? folder.temporary}/packages`,
  })
  const objects = bucketObjects(host, config, given.ids)
  const deployments = createDeployments(deployed, () => lambda, sessions, given.log, config.auth)
  const logs = createLogs({ ...given, store, functions: { invoke: invocation => lambda.invoke(invocation) } })
  const keep = (log: FunctionLog): void => {
    onLog?.(log)
    const { account, region, logGroup: group, logStream: stream, records } = log
    if (records.length === 0) return
    const events = records.map(({ time, message }) => [time, message] as const)
    logs
      .write({ account, region, group, stream, events })
      .catch(error => given.log.error({ error, group }, "a function's log could not be kept"))
  }
  const lambda = createLambda({
    ...given,
    onLog: keep,
    account,
    region,
    credentialsFor: sessions.credentialsFor,
    hostEnvironment: environment,
    temporaryDirectory: `${folder.temporary}/functions`,
    store,
    ...deployments.settings,
    deliver: deliverer(root, given, (bucket, key, body) =>
      objects.put(rootPrincipal(account), bucket, key, body),
    ),
    sharedModules: [resolve(project, 'node_modules')],
    ...(inspect === false ? {} : { inspect: typeof inspect === 'number' ? { port: inspect } : {} }),
  })
  return { lambda, deployments, packages, logs, objects }
}
