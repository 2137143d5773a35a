import { onTestFinished } from 'vitest'
import type {
  Authorizer,
  RequestAuthenticator,
  ServiceDefinition,
  ServiceEnvironment,
} from '../../src/aws/index.ts'
import type { Clock, DomainEvent, Functions, Ids, Logger } from '../../src/ports/index.ts'
import { createActivityTracker, createRandomIds } from '../../src/ports/index.ts'
import { type AwsDoor, type AwsDoorOptions, createAwsDoor } from '../../src/server/index.ts'
import { type Blobs, openBlobs, openStore, type Store } from '../../src/stores/index.ts'
import { createCountedIds } from './counted-ids.ts'
import { createManualClock } from './manual-clock.ts'

/** What a test may set; everything has a value otherwise, and without an authenticator every request is root's. */
export interface StartDoorOptions {
  readonly services: readonly ServiceDefinition[]
  readonly clock?: Clock
  readonly ids?: Ids
  readonly store?: Store
  readonly blobs?: Blobs
  readonly log?: Logger
  readonly functions?: Functions
  readonly chaos?: { readonly throttle?: number }
  readonly authenticator?: RequestAuthenticator
  readonly authorizer?: Authorizer
  readonly authenticateForm?: ServiceEnvironment['authenticateForm']
  /** Anything else that `createAwsDoor` takes. */
  readonly door?: Partial<AwsDoorOptions>
}

/** A door that a test has opened. */
export interface StartedDoor {
  readonly door: AwsDoor
  readonly endpoint: string
  /** What the services said had happened, oldest first. */
  readonly events: readonly DomainEvent[]
  readonly environment: Omit<ServiceEnvironment, 'endpoint'>
  /** For any SDK client; one attempt only, so that a test sees the first answer. */
  clientConfig(): {
    readonly endpoint: string
    readonly region: string
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
    readonly maxAttempts: number
    readonly forcePathStyle: boolean
  }
  /** For child processes: the AWS CLI, boto3. */
  readonly env: Readonly<Record<string, string>>
}

const silent: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

/** Opens an AWS door on a free port for one test (or for a file, with its own `close`), closed when the test ends. */
export async function startDoor(options: StartDoorOptions): Promise<StartedDoor> {
  const started = await openDoor(options)
  onTestFinished(async () => {
    await started.door.close()
    if (options.blobs === undefined) await started.environment.blobs.close()
  })
  return started
}

/** As `startDoor`, but the caller closes it. */
export async function openDoor(options: StartDoorOptions): Promise<StartedDoor> {
  const events: DomainEvent[] = []
  const randomIds = createRandomIds()
  const blobs =
    options.blobs ??
    (await openBlobs({ kind: 'ephemeral', newId: () => randomIds.uuid().replaceAll('-', '') }))
  const environment: Omit<ServiceEnvironment, 'endpoint'> = {
    store: options.store ?? (await openStore({ kind: 'memory' })),
    blobs,
    clock: options.clock ?? createManualClock(),
    ids: options.ids ?? createCountedIds(),
    log: options.log ?? silent,
    activity: createActivityTracker(),
    events: { emit: event => void events.push(event) },
    ...(options.authenticateForm === undefined ? {} : { authenticateForm: options.authenticateForm }),
    ...(options.chaos === undefined ? {} : { chaos: options.chaos }),
    functions: options.functions ?? {
      invoke: () => Promise.reject(new Error('this test gave the door no functions')),
    },
  }
  const door = await createAwsDoor({
    host: '127.0.0.1',
    port: 0,
    services: options.services,
    environment,
    account: '000000000000',
    region: 'us-east-1',
    ...(options.authenticator === undefined ? {} : { authenticator: options.authenticator }),
    ...(options.authorizer === undefined ? {} : { authorizer: options.authorizer }),
    ...options.door,
  })
  return {
    door,
    endpoint: door.url,
    events,
    environment,
    clientConfig: () => ({
      endpoint: door.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
      forcePathStyle: true,
    }),
    env: {
      AWS_ENDPOINT_URL: door.url,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_MAX_ATTEMPTS: '1',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_PAGER: '',
      NO_PROXY: '127.0.0.1,localhost',
    },
  }
}
