import { IAMClient } from '@aws-sdk/client-iam'
import {
  createIdentity,
  type Identity,
  type IdentityOptions,
  type ServiceDefinition,
} from '../../../src/aws/index.ts'
import { createRandomIds } from '../../../src/ports/index.ts'
import { iam } from '../../../src/services/iam/index.ts'
import { openStore } from '../../../src/stores/index.ts'
import { type StartedDoor, startDoor } from '../../support/aws-door.ts'
import { createManualClock } from '../../support/manual-clock.ts'

/** A door whose signatures and policies are true. */
export interface IdentityDoor {
  readonly started: StartedDoor
  readonly identity: Identity
  readonly warnings: readonly string[]
  /** The moment at which the door stands still. */
  readonly now: number
  iam(credentials?: ClientCredentials): IAMClient
}

export interface ClientCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

export const root: ClientCredentials = { accessKeyId: 'test', secretAccessKey: 'test' }

/** Starts it with IAM and whatever else a test needs. */
export async function startIdentityDoor(
  services: readonly ServiceDefinition[] = [],
  over: Partial<IdentityOptions> = {},
): Promise<IdentityDoor> {
  const store = await openStore({ kind: 'memory' })
  const clock = createManualClock(Date.now())
  const ids = createRandomIds()
  const warnings: string[] = []
  const silent = () => {}
  const log = {
    debug: silent,
    info: silent,
    error: silent,
    warn: (_fields: object, message: string) => void warnings.push(message),
  }
  const identity = createIdentity({
    store,
    clock,
    ids,
    log,
    credentials: [
      { ...root, account: '000000000000' },
      { accessKeyId: 'other', secretAccessKey: 'secret', account: '111111111111' },
    ],
    account: '000000000000',
    auth: 'on',
    ...over,
  })
  const started = await startDoor({
    services: [iam as ServiceDefinition, ...services],
    clock,
    store,
    ids,
    log,
    authenticator: identity.authenticator,
    authorizer: identity.authorizer,
  })
  return {
    started,
    identity,
    warnings,
    now: clock.now(),
    iam: (credentials = root) => new IAMClient({ ...started.clientConfig(), credentials }),
  }
}
