import { resolve } from 'node:path'
import type { Config, Environment } from '../config/index.ts'
import { createLambda, type Lambda, type LambdaDependencies } from '../lambda/index.ts'
import { openLambdaPackages, type Packages } from '../services/index.ts'
import type { Store } from '../stores/index.ts'
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
}

/** Opens what an earlier run left and makes the runner; nothing is deployed before the project is known. */
export async function openFunctions(needs: Needs): Promise<FunctionParts> {
  const { config, folder, store, sessions, environment, root, ...given } = needs
  const { account, region, project, inspect } = config
  const { packages, deployed } = await openLambdaPackages({
    store,
    ids: given.ids,
    directory: `${folder.kept ?? folder.temporary}/packages`,
  })
  const deployments = createDeployments(deployed, () => lambda, sessions, given.log)
  const lambda = createLambda({
    ...given,
    account,
    region,
    credentialsFor: sessions.credentialsFor,
    hostEnvironment: environment,
    temporaryDirectory: `${folder.temporary}/functions`,
    store,
    ...deployments.settings,
    deliver: deliverer(root),
    sharedModules: [resolve(project, 'node_modules')],
    ...(inspect === false ? {} : { inspect: typeof inspect === 'number' ? { port: inspect } : {} }),
  })
  return { lambda, deployments, packages }
}
