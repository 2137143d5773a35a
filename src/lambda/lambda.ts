import type {
  Activity,
  AliasTarget,
  Clock,
  FunctionDefinition,
  FunctionScope,
  Functions,
  Ids,
  InvokingService,
  Journal,
  Logger,
  ProvisionedState,
} from '../ports/index.ts'
import type { Store } from '../stores/index.ts'
import type { AsynchronousConfiguration, Delivery } from './asynchronous/delivery.ts'
import type { FunctionCredentials } from './environment-variables.ts'
import type { LogRecord } from './invocation-log.ts'

/** Everything that runs functions. */
export interface Lambda extends Functions {
  /**
   * Replaces all functions at once. Keys are names (the project's) or `account/region/name` (the API's), with `:version`
   * behind it for published versions. Only functions whose
   * fingerprint changed lose their environments; invocations under way finish on the code they began with.
   */
  deploy(definitions: ReadonlyMap<string, FunctionDefinition>): void
  /** PutFunctionConcurrency, by name or `account/region/name`; undefined takes the reservation away. */
  reserveConcurrency(id: string, limit: number | undefined): void
  /** How far an `account/region/name` and version is with its provisioned concurrency. */
  provisioned(functionId: string, version: string): ProvisionedState
  status(): LambdaStatus
  /** Forgets warm environments, waiting events and reservations; the functions stay. */
  reset(): void
  /** Ends every process; invocations under way fail. */
  stop(): Promise<void>
}

/** What runs now, for `/_lambdarium` and the start report. */
export interface LambdaStatus {
  readonly environments: readonly {
    readonly functionName: string
    readonly version: string
    readonly logStream: string
    readonly state: 'starting' | 'idle' | 'busy'
  }[]
  readonly invocations: number
}

/** Log records of one function, as CloudWatch Logs would get them. */
export interface FunctionLog extends FunctionScope {
  readonly functionName: string
  readonly version: string
  readonly logGroup: string
  readonly logStream: string
  /** Absent for the init phase. */
  readonly requestId?: string
  readonly records: readonly LogRecord[]
}

/** Limits; all have AWS's or sensible values. */
export interface LambdaLimits {
  /** Concurrent executions of the account: 1,000. */
  readonly accountConcurrency: number
  /** Environments started without hesitation; more are started when callers wait. */
  readonly eagerEnvironments: number
  /** Milliseconds that a caller waits for an idle environment before one more is started beyond that. */
  readonly patience: number
  /** Whether there is memory for one more beyond that; without it, callers wait ten times as long. */
  readonly room: () => boolean
  /** Simulated milliseconds after which an idle environment is ended. */
  readonly idleTime: number
  /** Real milliseconds for the init phase: 10,000. */
  readonly initTimeout: number
  /** Simulated milliseconds before an event's first and second retry: a minute and two. */
  readonly retryDelays: readonly number[]
  /** Spare Node processes. */
  readonly spareProcesses: number
}

/** What Lambda is built from. */
export interface LambdaDependencies {
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Logger
  readonly journal: Journal
  readonly activity: Activity
  readonly account: string
  readonly region: string
  /** `AWS_ENDPOINT_URL` for functions; undefined while no door listens. */
  readonly awsEndpoint: () => string | undefined
  /** Credentials of the execution role; absent: `test`/`test`. */
  readonly credentialsFor?: (role: string, functionName: string) => FunctionCredentials
  /** The simulator's own environment, of which functions see the search path and little else. */
  readonly hostEnvironment: Readonly<Record<string, string | undefined>>
  /**
   * `node_modules` folders that Node functions find last, as AWS's runtimes bring the SDK along: the project's, for
   * functions whose code lies elsewhere.
   */
  readonly sharedModules?: readonly string[]
  /** Below it each execution environment gets its own folder. */
  readonly temporaryDirectory: string
  /** `--inspect`: where the first environment's debugger listens; further ones take the ports after it. */
  readonly inspect?: { readonly host?: string; readonly port?: number }
  /** Stops idle processes as AWS freezes them (default true; never on Windows or under a debugger). */
  readonly freeze?: boolean
  readonly limits?: Partial<LambdaLimits>
  /** Keeps accepted events; absent: they live as long as the process. */
  readonly store?: Store
  /** Where an alias points to; undefined: there is none of that name. Ids, here and below, are `account/region/name`. */
  readonly aliasOf?: (functionId: string, alias: string) => AliasTarget | undefined
  /** How a function wants its asynchronous events treated; absent: two retries, six hours, no destinations. */
  readonly asynchronousConfiguration?: (functionId: string, qualifier?: string) => AsynchronousConfiguration
  /** Provisioned concurrency by `id:version`; read at each deployment. */
  readonly provisioned?: () => ReadonlyMap<string, number>
  /** Does the function's policy let this service invoke it? Absent: every service may. */
  readonly permits?: (functionId: string, qualifier: string | undefined, service: InvokingService) => boolean
  /** Brings invocation records and dead letters to their targets. */
  readonly deliver?: (delivery: Delivery) => Promise<void>
  /** PutFunctionRecursionConfig: may this function go round in circles? */
  readonly allowRecursion?: (functionId: string) => boolean
  /** Hears every log record; called after each invocation and each init phase. */
  readonly onLog?: (log: FunctionLog) => void
}
