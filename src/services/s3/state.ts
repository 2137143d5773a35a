import type { Operation as AwsOperation, OperationContext, ServiceEnvironment } from '../../aws/index.ts'
import type { Cancel } from '../../ports/index.ts'
import type { BucketRecord } from './buckets/bucket-record.ts'
import type { EngineLink } from './engine/open-engine-link.ts'
import type { SignedForm } from './forms/signed-form.ts'

/** What the operations share. */
export interface S3State
  extends Pick<
    ServiceEnvironment,
    'store' | 'blobs' | 'clock' | 'ids' | 'log' | 'activity' | 'events' | 'functions'
  > {
  /** Who signed a browser's form. */
  readonly authenticateForm: ServiceEnvironment['authenticateForm']
  /** Forms that are being read, by the input that carries them. */
  readonly forms: WeakMap<object, Promise<SignedForm>>
  /** Whether somebody will take this bucket's events out of the outbox; nothing is put there for nobody. */
  readonly wantsEvents: (bucket: BucketRecord) => boolean
  /** Hears that there is something in the outbox. */
  readonly keptEvent: () => void
  /** The engine that keeps the objects, where it is not this store. */
  engine?: EngineLink
  /** Ends the wait for the next midnight. */
  stopLifecycle: Cancel
}

/** What an operation of S3 sees. */
export type S3Context = OperationContext<S3State>

/** An operation of this service. */
export type Operation<Input, Output> = AwsOperation<S3State, Input, Output>

/** `then` without a turn of the event loop in between where the store answers at once. */
export function after<Value, Result>(
  value: Value | Promise<Value>,
  run: (value: Value) => Result | Promise<Result>,
): Result | Promise<Result> {
  return value instanceof Promise ? value.then(run) : run(value)
}
