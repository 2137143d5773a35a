import type { MetricTransformation } from '@aws-sdk/client-cloudwatch-logs'
import type { Operation as AwsOperation, ServiceEnvironment } from '../../aws/index.ts'
import { jsonTable } from '../../stores/index.ts'
import type { Followers } from './followers.ts'

export interface GroupRecord {
  readonly name: string
  /** Milliseconds since 1970, here and below. */
  readonly created: number
  /** Days. */
  readonly retention?: number
  readonly tags: Readonly<Record<string, string>>
  readonly kmsKeyId?: string
  readonly class?: string
  readonly protected?: boolean
}

export interface StreamRecord {
  readonly name: string
  readonly created: number
  readonly first?: number
  readonly last?: number
  readonly ingested?: number
}

/** Events that came together: one record for all that an invocation printed. */
export interface BatchRecord {
  readonly ingested: number
  /** In the order of their times. */
  readonly events: readonly (readonly [time: number, message: string])[]
}

export interface SubscriptionRecord {
  readonly name: string
  readonly pattern: string
  readonly destination: string
  readonly role?: string
  readonly distribution: string
  readonly created: number
}

export interface MetricFilterRecord {
  readonly name: string
  readonly pattern: string
  readonly transformations: readonly MetricTransformation[]
  readonly applyOnTransformedLogs: boolean
  readonly created: number
}

/** What lets other services write. */
export interface ResourcePolicyRecord {
  readonly name: string
  readonly document: string
  readonly modified: number
}

/** Keys begin with account and region; then group, and stream. */
export const groups = jsonTable<GroupRecord>('logs/group')
export const streams = jsonTable<StreamRecord>('logs/stream')
/** Then the first event's time, a number that counts batches, and the last event's time. */
export const batches = jsonTable<BatchRecord>('logs/batch')
/** Then the filter's name. */
export const subscriptions = jsonTable<SubscriptionRecord>('logs/subscription')
/** Then the filter's name. */
export const metricFilters = jsonTable<MetricFilterRecord>('logs/metric-filter')

/** Key: account, region, the policy's name. */
export const resourcePolicies = jsonTable<ResourcePolicyRecord>('logs/resource-policy')

/** Whose logs. */
export interface Scope {
  readonly account: string
  readonly region: string
}

/** Something to be written to a stream, oldest event first. */
export interface Arrival extends Scope {
  readonly group: string
  readonly stream: string
  readonly events: BatchRecord['events']
}

/** What the operations share. */
export interface LogsState
  extends Pick<ServiceEnvironment, 'store' | 'clock' | 'ids' | 'log' | 'activity' | 'functions'> {
  /** Resolves once the events are stored and those who subscribe have been told; makes no group or stream. */
  append(arrival: Arrival): Promise<void>
  readonly followers: Followers
  /** Resolves once nothing waits to be written. */
  flushed(): Promise<void>
}

/** An operation of this service. */
export type Operation<Input, Output> = AwsOperation<LogsState, Input, Output>
