import type { RotationRulesType } from '@aws-sdk/client-secrets-manager'
import type { Operation as AwsOperation, ServiceEnvironment } from '../../aws/index.ts'
import type { Cancel } from '../../ports/index.ts'
import { jsonTable } from '../../stores/index.ts'

/** How a secret is rotated. */
export interface Rotation {
  /** Off after CancelRotateSecret; what was configured stays. */
  readonly enabled: boolean
  readonly functionArn: string
  readonly rules: RotationRulesType
  /** Milliseconds since 1970. */
  readonly next?: number
}

/** What all versions of a secret have in common. */
export interface SecretRecord {
  readonly name: string
  /** With its random ending. */
  readonly arn: string
  readonly description?: string
  readonly kmsKeyId?: string
  /** Milliseconds since 1970, here and below. */
  readonly created: number
  readonly changed: number
  readonly accessed?: number
  readonly rotated?: number
  /** When it may be deleted for good, once DeleteSecret was called. */
  readonly deletion?: number
  /** Absent until the first tag. */
  readonly tags?: Readonly<Record<string, string>>
  readonly policy?: string
  readonly rotation?: Rotation
  /** The region of the secret that this one follows. */
  readonly primaryRegion?: string
  readonly replicas: readonly { readonly region: string; readonly kmsKeyId?: string }[]
  /** Counts versions, for their order. */
  readonly sequence: number
}

/** One version; a version that rotation has announced has no value yet. */
export interface VersionRecord {
  readonly id: string
  readonly sequence: number
  readonly created: number
  readonly accessed?: number
  readonly text?: string
  /** Base64. */
  readonly binary?: string
  readonly stages: readonly string[]
}

/** Keys: account, region, name; of versions also the version's id. */
export const secrets = jsonTable<SecretRecord>('secretsmanager/secret')
export const versions = jsonTable<VersionRecord>('secretsmanager/version')

/** What the operations share. */
export interface SecretsState
  extends Pick<ServiceEnvironment, 'store' | 'clock' | 'ids' | 'log' | 'activity' | 'functions'> {
  /** What waits for a date, deletion or rotation; by the secret's ARN. */
  readonly timers: Map<string, Cancel>
  /** Rotates a secret whose date has come; here, because rotation itself sets the timers. */
  readonly onRotationDue: (
    state: SecretsState,
    scope: Scope,
    secret: SecretRecord,
    token: string,
  ) => Promise<void>
}

/** An operation of this service. */
export type Operation<Input, Output> = AwsOperation<SecretsState, Input, Output>

/** Whose secrets: state is kept apart by account and region. */
export interface Scope {
  readonly account: string
  readonly region: string
}
