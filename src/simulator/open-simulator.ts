import { createAdmin } from '../admin/index.ts'
import { createIdentity } from '../aws/index.ts'
import { type Environment, type LoadedConfig, packageVersion } from '../config/index.ts'
import { createJournal, createOutbox } from '../journal/index.ts'
import type { FunctionLog } from '../lambda/index.ts'
import { createActivityTracker, createRandomIds, createSimulatedClock, type Logger } from '../ports/index.ts'
import { type Finding, openProject } from '../project/index.ts'
import {
  type AwsDoor,
  createApiDoor,
  createApiHandler,
  createAwsDoor,
  createOriginCheck,
} from '../server/index.ts'
import { createServices } from '../services/index.ts'
import { bucketDoors } from './bucket-doors.ts'
import { bucketFolders } from './bucket-folder.ts'
import { lateRoot } from './call-as-root.ts'
import { sharedClaims } from './claims.ts'
import { type Cleanup, createCleanup } from './cleanup.ts'
import { clientConfigOf } from './client-config.ts'
import { triggerFindings } from './config-findings.ts'
import { openDataFolder } from './data-folder.ts'
import { createEventSources } from './event-sources.ts'
import { createEventBus } from './events.ts'
import { externalDynamoDb } from './external-dynamodb.ts'
import { functionDoors } from './function-doors.ts'
import { openFunctions } from './functions.ts'
import { invoker } from './invoke.ts'
import { listening } from './listen-problem.ts'
import { openGateway } from './open-gateway.ts'
import { readOpenIdKeys } from './open-id-keys.ts'
import type { OpenedSimulator } from './opened.ts'
import { openParameterMirror } from './parameter-mirror.ts'
import { createPoller } from './poller.ts'
import { projectOptions } from './project-options.ts'
import { objectReader } from './read-object.ts'
import { followProject, type ReloadEvent } from './reload.ts'
import { createReset } from './reset.ts'
import { createResources } from './resources.ts'
import { createRoleSessions } from './role-sessions.ts'
import { s3Options } from './s3-options.ts'
import { bucketTriggers, wireS3Triggers } from './s3-triggers.ts'
import { createTableTriggers } from './table-triggers.ts'
import { templateEngine } from './template-engine.ts'

const blobLetters = '0123456789abcdefghijklmnopqrstuvwxyz'

/** What the command line adds to a configuration. */
export interface OpenOptions {
  readonly log: Logger
  /** Of which functions see the search path and little else. */
  readonly environment: Environment
  readonly onReload?: (event: ReloadEvent) => void
  readonly onFunctionLog?: (log: FunctionLog) => void
  /** Loads the configuration anew when its file has changed. */
  readonly reloadConfig?: () => Promise<LoadedConfig>
}

/** Builds and wires every part and opens both doors: the one place where all parts meet. */
export async function openSimulator(loaded: LoadedConfig, options: OpenOptions): Promise<OpenedSimulator> {
  const cleanup = createCleanup()
  try {
    return await wire(loaded, options, cleanup)
  } catch (error) {
    // What made it fail is worth more than what failed while it was undone.
    await cleanup.run().catch(failure => options.log.debug({ error: failure }, 'The clean-up failed'))
    throw error
  }
}

async function wire(
  loaded: LoadedConfig,
  { log, environment, onReload, onFunctionLog, reloadConfig }: OpenOptions,
  cleanup: Cleanup,
): Promise<OpenedSimulator> {
  const { config } = loaded
  const { account, region, host } = config
  const ids = createRandomIds()
  const activity = createActivityTracker()
  const clock = createSimulatedClock(() => activity.idle())
  cleanup.add(() => clock.stop())
  const journal = createJournal({ clock, ids, capacity: config.journal.size })
  const outbox = createOutbox()
  const events = createEventBus(journal, outbox)
  const tools = { clock, ids, log, journal, activity }
  const folder = await openDataFolder(config, cleanup, () => ids.token(26, blobLetters))
  const { store, blobs } = folder
  const claims = sharedClaims({ ...tools, config, store }, cleanup)
  const engine = await templateEngine(config)
  const project = await openProject({
    ...projectOptions(loaded, engine, `${folder.temporary}/build`, log),
    clock,
    watch: config.watch,
  })
  cleanup.add(() => project.close())

  const identity = createIdentity({
    ...tools,
    store,
    account,
    credentials: config.credentials.map(each => ({ ...each, account: each.account ?? account })),
    auth: config.auth,
  })
  const sessions = createRoleSessions(identity.issueRoleCredentials, clock, log)
  cleanup.add(() => sessions.stop())
  const doors = { aws: '', api: '' }
  const root = lateRoot(() => awsDoor.host, config, ids)
  const external = externalDynamoDb(config, environment, clock)
  const { lambda, deployments, packages, logs, objects } = await openFunctions({
    ...tools,
    config,
    folder,
    store,
    sessions,
    environment,
    root,
    host: () => awsDoor.host,
    awsEndpoint: () => doors.aws || undefined,
    ...(onFunctionLog === undefined ? {} : { onLog: onFunctionLog }),
  })
  cleanup.add(() => lambda.stop())
  const gateway = openGateway({
    ...tools,
    config,
    functions: lambda,
    engine,
    identity,
    awsEndpoint: () => doors.aws,
  })
  cleanup.add(() => gateway.stop())
  const use = async (snapshot: typeof project.snapshot): Promise<void> => {
    await deployments.use(snapshot.functions)
    gateway.use(snapshot)
  }
  await use(project.snapshot)

  const triggers = bucketTriggers(config)
  const notifications = wireS3Triggers({ config, triggers, store, functions: lambda, claims, ...tools })
  cleanup.add(() => notifications.stop())

  let reset = async (): Promise<void> => {}
  const admin = createAdmin({
    version: packageVersion(),
    about: () => ({ ...doors, account, region, project: config.project, functions: lambda.status() }),
    services: () => awsDoor.services(),
    journal,
    outbox,
    clock,
    idle: () => activity.idle(),
    active: () => activity.active(),
    reset: () => reset(),
    allowsOrigin: createOriginCheck(config.allowedOrigins),
  })
  const poller = createPoller(
    { ...tools, config, store, claims, root, objects, events, functions: lambda, awsUrl: () => doors.aws },
    external?.streams,
  )
  const eventSources = createEventSources(poller, events)
  const { call } = root
  const tableTriggers = createTableTriggers(config, poller, call, events)
  const openIdKeys = await readOpenIdKeys(config)
  const awsDoor: AwsDoor = await listening(
    () =>
      createAwsDoor({
        host,
        port: config.awsPort,
        strictPort: config.strictPort,
        hosts: config.allowedHosts,
        services: createServices({
          dynamodb: { ...config.dynamodb, objects, tableMade: tableTriggers.record },
          externalDynamoDb: external?.services,
          s3: s3Options(config, triggers, notifications, claims),
          lambda: {
            host: deployments,
            packages,
            readObject: objectReader(root),
            eventSources,
            isShared: config.store !== undefined,
          },
          logs,
          sts: { openIdKeys },
        }),
        sideDoors: [
          ...bucketDoors({ config, store, ids, host: () => awsDoor.host }),
          ...functionDoors({
            ...tools,
            ...{ store, account, region, auth: config.auth, identity, packages },
            functions: lambda,
            host: deployments,
          }),
        ],
        environment: {
          store,
          blobs,
          clock,
          ids,
          log,
          activity,
          events,
          functions: lambda,
          chaos: config.chaos,
          authenticateForm: identity.authenticateForm,
        },
        account,
        region,
        authenticator: identity.authenticator,
        authorizer: identity.authorizer,
        journal,
        admin,
        restApis: createApiHandler({ gateway, log }),
        origins: config.allowedOrigins,
      }),
    { host, port: config.awsPort, flag: '--aws-port' },
  )
  cleanup.add(() => awsDoor.close())
  cleanup.add(() => eventSources.stop())
  doors.aws = awsDoor.url

  const seed = (): Promise<Finding[]> => createResources(config, call, root.implements)
  const made = await seed()
  await tableTriggers.start()
  cleanup.add(() => tableTriggers.stop())
  const mirror = await openParameterMirror(config, { ...tools, store, events })
  cleanup.add(() => mirror?.close())
  reset = createReset({
    ...tools,
    outbox,
    store,
    gateway,
    lambda,
    notifications,
    sessions,
    tableTriggers,
    resetServices: awsDoor.reset,
    seed,
    syncParameters: () => mirror?.sync(),
  })

  // What an earlier process could not deliver any more.
  notifications.wake()
  // The door that people call opens last: whoever finds it open finds everything behind it.
  const apiDoor = await listening(
    () =>
      createApiDoor({
        gateway,
        host,
        port: config.port,
        strictPort: config.strictPort,
        hosts: config.allowedHosts,
        log,
        clock,
      }),
    { host, port: config.port, flag: '--port' },
  )
  cleanup.add(() => apiDoor.close())
  doors.api = apiDoor.url
  await folder.lock?.announce(doors)
  followProject({
    project,
    loaded,
    engine,
    buildDirectory: `${folder.temporary}/build`,
    log,
    use,
    onReload: onReload ?? (() => {}),
    reloadConfig,
  })

  return {
    api: doors.api,
    aws: doors.aws,
    clientConfig: () => clientConfigOf(config, doors.aws),
    invoke: invoker(lambda),
    idle: () => activity.idle(),
    journal,
    outbox,
    clock,
    reset: () => reset(),
    stop: () => cleanup.run(),
    config,
    data: folder.kept,
    snapshot: () => project.snapshot,
    findings: () => [
      ...project.snapshot.findings,
      ...triggerFindings(config, new Set(project.snapshot.functions.keys()), new Set(['bucket', 'table'])),
      ...made,
    ],
    buckets: bucketFolders(awsDoor.host, config, ids),
    subscribe: listener => journal.subscribe(listener),
  }
}
