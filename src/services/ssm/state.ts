import type { ParameterTier, ParameterType } from '@aws-sdk/client-ssm'
import type { Operation as AwsOperation, ServiceEnvironment } from '../../aws/index.ts'
import type { Cancel } from '../../ports/index.ts'
import { jsonTable } from '../../stores/index.ts'
import type { SecretReader } from './secret-reference.ts'

/** One policy of an advanced parameter, as PutParameter takes it. */
export interface ParameterPolicy {
  /** The policy as JSON text, given back as `PolicyText`. */
  readonly text: string
  readonly type: 'Expiration' | 'ExpirationNotification' | 'NoChangeNotification'
  /** When it acts, milliseconds since 1970. */
  readonly due: number
  readonly status: 'Pending' | 'Finished'
}

/** A policy that shares a parameter with other accounts. */
export interface SharePolicy {
  readonly id: string
  readonly hash: string
  readonly text: string
}

/** What all versions of a parameter have in common. */
export interface ParameterRecord {
  readonly name: string
  readonly latest: number
  /** Label → version. */
  readonly labels: Readonly<Record<string, number>>
  readonly tags: Readonly<Record<string, string>>
  readonly shares: readonly SharePolicy[]
}

/** One version of a parameter. */
export interface VersionRecord {
  readonly version: number
  readonly type: ParameterType
  readonly value: string
  readonly keyId?: string
  readonly description?: string
  readonly allowedPattern?: string
  readonly tier: Exclude<ParameterTier, 'Intelligent-Tiering'>
  readonly policies: readonly ParameterPolicy[]
  readonly dataType: string
  /** Milliseconds since 1970. */
  readonly modified: number
  /** ARN of who wrote it. */
  readonly user: string
}

/** Keys of both tables: account, region, path; of versions also the number. */
export const parameters = jsonTable<ParameterRecord>('ssm/parameter')
export const versions = jsonTable<VersionRecord>('ssm/version')

/** Account settings that were changed; key: account, region, setting. */
export const settings = jsonTable<{
  readonly value: string
  readonly modified: number
  readonly user: string
}>('ssm/setting')

/** What the operations share. */
export interface SsmState
  extends Pick<ServiceEnvironment, 'store' | 'clock' | 'ids' | 'log' | 'activity' | 'events'> {
  readonly readSecret: SecretReader | undefined
  /** Waiting parameter policies; key: account, region and path as one text. */
  readonly policyTimers: Map<string, Cancel>
}

/** An operation of this service. */
export type Operation<Input, Output> = AwsOperation<SsmState, Input, Output>

/** Whose parameters: state is kept apart by account and region. */
export interface Scope {
  readonly account: string
  readonly region: string
}
