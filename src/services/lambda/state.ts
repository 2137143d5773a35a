import type {
  Architecture,
  Cors,
  CreateFunctionRequest,
  EventSourceMappingConfiguration,
  FunctionUrlAuthType,
  InvokeMode,
} from '@aws-sdk/client-lambda'
import type { Operation as AwsOperation, ServiceEnvironment } from '../../aws/index.ts'
import type { FunctionHost } from '../../ports/index.ts'
import { jsonTable } from '../../stores/index.ts'
import type { EventSources } from './event-sources.ts'
import type { Package, Packages } from './packages/packages.ts'

/** What CreateFunction takes besides the code, with AWS's defaults filled in. */
export type Configuration = Pick<
  CreateFunctionRequest,
  | 'Role'
  | 'Runtime'
  | 'Handler'
  | 'Description'
  | 'Timeout'
  | 'MemorySize'
  | 'VpcConfig'
  | 'DeadLetterConfig'
  | 'Environment'
  | 'KMSKeyArn'
  | 'TracingConfig'
  | 'Layers'
  | 'FileSystemConfigs'
  | 'EphemeralStorage'
  | 'SnapStart'
  | 'LoggingConfig'
> & { readonly Architectures: readonly Architecture[] }

/** One version of a function; `$LATEST` is the one that changes. */
export interface FunctionRecord {
  readonly name: string
  readonly version: string
  readonly code: Package
  readonly configuration: Configuration
  /** Milliseconds since 1970, here and below. */
  readonly modified: number
  readonly revision: string
  /** Of `$LATEST`: the number of the version that was published last. */
  readonly published: number
  /** Of a numbered version: the hash of the `$LATEST` that it was made of. */
  readonly frozen?: string
  /** Of the project's folder: shown, never stored. */
  readonly project?: true
}

export interface AliasRecord {
  readonly name: string
  readonly version: string
  readonly description: string
  readonly weights?: Readonly<Record<string, number>>
  readonly revision: string
}

/** A resource's policy, statement by statement as JSON. */
export interface PolicyRecord {
  readonly statements: readonly Readonly<Record<string, unknown>>[]
  readonly revision: string
}

export interface EventInvokeRecord {
  readonly retries?: number
  readonly age?: number
  readonly onSuccess?: string
  readonly onFailure?: string
  readonly modified: number
}

export interface UrlRecord {
  readonly id: string
  readonly authType: FunctionUrlAuthType
  readonly invokeMode: InvokeMode
  readonly cors?: Cors
  readonly created: number
  readonly modified: number
}

export interface LayerRecord {
  readonly name: string
  readonly version: number
  readonly code: Package
  readonly description: string
  readonly license?: string
  readonly runtimes?: readonly string[]
  readonly architectures?: readonly string[]
  readonly created: number
  /** Functions that have it go on with it, as on AWS. */
  readonly deleted?: true
}

/** An event source mapping as its reads answer it, dates as milliseconds. */
export type MappingRecord = Omit<
  EventSourceMappingConfiguration,
  'LastModified' | 'StartingPositionTimestamp'
> & {
  readonly UUID: string
  readonly modified: number
  readonly startAt?: number
}

/** All keys begin with account and region. Key: name, version (0 is `$LATEST`). */
export const functions = jsonTable<FunctionRecord>('lambda/function')
/** Key: name, alias. */
export const aliases = jsonTable<AliasRecord>('lambda/alias')
/** Key: name, qualifier (empty for none); layers: `layer:name`, version. */
export const policies = jsonTable<PolicyRecord>('lambda/policy')
/** Key: name. */
export const reservations = jsonTable<number>('lambda/reservation')
/** Key: name, qualifier. */
export const provisioned = jsonTable<{ readonly count: number; readonly modified: number }>(
  'lambda/provisioned',
)
/** Key: name, qualifier. */
export const eventInvokes = jsonTable<EventInvokeRecord>('lambda/event-invoke')
/** Key: name, qualifier (empty for none). */
export const urls = jsonTable<UrlRecord>('lambda/url')
/** Key: layer, version. */
export const layers = jsonTable<LayerRecord>('lambda/layer')
/** The number that was given last; key: layer. Numbers of deleted versions do not come back. */
export const layerCounters = jsonTable<number>('lambda/layer-counter')
/** Key: UUID. */
export const mappings = jsonTable<MappingRecord>('lambda/mapping')
/** Key: the last parts of the resource's ARN, `function:name`. */
export const tags = jsonTable<Readonly<Record<string, string>>>('lambda/tags')
/** Key: name. */
export const recursions = jsonTable<'Allow' | 'Terminate'>('lambda/recursion')
/** Key: name, qualifier. */
export const runtimeManagement = jsonTable<{ readonly on: string; readonly arn?: string }>(
  'lambda/runtime-management',
)

/** Fetches an object for `S3Bucket` and `S3Key`; rejects with S3's own AwsError. */
export type ReadObject = (object: {
  readonly bucket: string
  readonly key: string
  readonly version?: string
}) => Promise<Uint8Array>

/** What the operations share. */
export interface LambdaState
  extends Pick<ServiceEnvironment, 'store' | 'clock' | 'ids' | 'log' | 'endpoint'> {
  readonly host: FunctionHost
  readonly packages: Packages
  readonly readObject: ReadObject | undefined
  readonly eventSources: EventSources
  /** Deployments happen one after the other, so that the last one read is the last one made. */
  readonly deployment: { last: Promise<void> }
}

/** An operation of this service. */
export type Operation<Input, Output> = AwsOperation<LambdaState, Input, Output>

/** Whose functions, layers and mappings. */
export interface Scope {
  readonly account: string
  readonly region: string
}
