import type { FunctionDefinition, Functions } from './functions.ts'

/** Where an alias points to. https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html */
export interface AliasTarget {
  readonly version: string
  /** A second version with its share of the invocations, 0 to 1. */
  readonly additional?: { readonly version: string; readonly weight: number }
}

/** How a function wants its asynchronous events treated: PutFunctionEventInvokeConfig and the dead-letter queue. */
export interface AsynchronousSettings {
  readonly maximumRetryAttempts?: number
  readonly maximumEventAgeInSeconds?: number
  /** ARNs. */
  readonly onSuccess?: string
  readonly onFailure?: string
  readonly deadLetter?: string
}

/** Everything that the Lambda API has to say to whoever runs functions; replaced as a whole by every change. */
export interface DeployedFunctions {
  /** Functions made through the API, by id (`account/region/name`) and, where versions were published, by `id:version`. */
  readonly definitions: ReadonlyMap<string, FunctionDefinition>
  /** By `id:alias`; also aliases of the project's functions. */
  readonly aliases: ReadonlyMap<string, AliasTarget>
  /** Reserved concurrency by id. */
  readonly reserved: ReadonlyMap<string, number>
  /** By `id:qualifier`; `id:$LATEST` for what has none. */
  readonly asynchronous: ReadonlyMap<string, AsynchronousSettings>
  /** Statements of policies by `id`, or `id:qualifier`. */
  readonly policies: ReadonlyMap<string, readonly Readonly<Record<string, unknown>>[]>
  /** Provisioned concurrency by `id:version`. */
  readonly provisioned: ReadonlyMap<string, number>
  /** Folders of layer versions by ARN, for functions of the project that name them. */
  readonly layers: ReadonlyMap<string, string>
  /** Ids of functions that may go round in circles. */
  readonly recursive: ReadonlySet<string>
}

/** How far provisioned concurrency is. */
export interface ProvisionedState {
  /** Environments that are initialised. */
  readonly ready: number
  /** Why there are no more: `FUNCTION_ERROR_INIT_FAILURE`. */
  readonly failure?: string
}

/** Runs functions for the Lambda API, and knows those of the project. */
export interface FunctionHost extends Functions {
  /** The functions of the project's folder, by name, as they are now. */
  project(): ReadonlyMap<string, FunctionDefinition>
  provisioned(functionId: string, version: string): ProvisionedState
  /** Takes over what the API made; functions whose fingerprint is unchanged keep their environments. */
  deploy(functions: DeployedFunctions): Promise<void>
}
