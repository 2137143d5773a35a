import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import { onTestFinished } from 'vitest'
import { createIdentity } from '../../../src/aws/index.ts'
import { createRandomIds } from '../../../src/ports/index.ts'
import { createS3 } from '../../../src/services/s3/index.ts'
import { openStore } from '../../../src/stores/index.ts'
import { type StartDoorOptions, type StartedDoor, startDoor } from '../../support/aws-door.ts'
import { createManualClock } from '../../support/manual-clock.ts'

/** A door with S3 behind real signatures and policies, two accounts, and clients for both. */
export interface S3Door extends StartedDoor {
  readonly clock: ReturnType<typeof createManualClock>
  readonly s3: S3Client
  /** The other account's. */
  readonly stranger: S3Client
  client(config?: S3ClientConfig): S3Client
}

export const strangersAccount = '000000000001'

/** Opens the door; its clock starts at the real present, for clients sign with theirs. */
export async function startS3(options: Partial<StartDoorOptions> = {}): Promise<S3Door> {
  const clock = createManualClock(Date.now())
  const store = options.store ?? (await openStore({ kind: 'memory' }))
  const ids = createRandomIds()
  const identity = createIdentity({
    store,
    clock,
    ids,
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    credentials: [
      { accessKeyId: 'test', secretAccessKey: 'test', account: '000000000000' },
      { accessKeyId: 'stranger', secretAccessKey: 'stranger', account: strangersAccount },
    ],
    account: '000000000000',
    auth: 'on',
  })
  const started = await startDoor({
    services: [createS3()],
    clock,
    store,
    ids,
    authenticator: identity.authenticator,
    authorizer: identity.authorizer,
    authenticateForm: identity.authenticateForm,
    ...options,
  })
  const client = (config: S3ClientConfig = {}): S3Client => {
    const made = new S3Client({ ...started.clientConfig(), ...config })
    onTestFinished(() => made.destroy())
    return made
  }
  return {
    ...started,
    clock,
    client,
    s3: client(),
    stranger: client({ credentials: { accessKeyId: 'stranger', secretAccessKey: 'stranger' } }),
  }
}
