import type { Config } from '../config/index.ts'
import type { JournalFilter, JournalRecord, Outbox } from '../journal/index.ts'
import type { InvocationResult, InvocationType, SimulatedClock } from '../ports/index.ts'
import type { Finding, ProjectSnapshot } from '../project/index.ts'

/** What an AWS SDK v3 client takes to talk to this simulator. */
export interface ClientConfig {
  readonly endpoint: string
  readonly region: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
  /** Only S3 reads it: buckets stand in the path, not in the host name. */
  readonly forcePathStyle: true
  /** What AWS puts in front of the host's name for a few operations (`stream-`) names nobody here. */
  readonly disableHostPrefix: true
}

/** One call of a function from a test or the command line. */
export interface InvokeOptions {
  readonly qualifier?: string
  /** Default `RequestResponse`: wait for the answer. */
  readonly invocationType?: InvocationType
}

/** What a function answered, with its payload read as JSON. */
export interface InvokeResult extends Pick<InvocationResult, 'statusCode' | 'functionError' | 'log'> {
  readonly requestId: string
  /** What the function returned; `undefined` for `Event` and `DryRun`. */
  readonly result: unknown
}

/** A simulator that runs: API Gateway, Lambda and the AWS services of one project. */
export interface Simulator {
  /** URL of the API door, without a stage: `http://127.0.0.1:3000`. supertest takes it as it is. */
  readonly api: string
  /** URL of the AWS door, the endpoint of SDKs and the AWS CLI. */
  readonly aws: string
  /** For `new S3Client(simulator.clientConfig())` and every other client. */
  clientConfig(): ClientConfig
  /** Runs a function; `event` becomes its JSON payload. */
  invoke(functionName: string, event?: unknown, options?: InvokeOptions): Promise<InvokeResult>
  /** Resolves once every request, invocation, trigger, retry and stream has settled. */
  idle(): Promise<void>
  /** What happened: one record per request, invocation and event. */
  readonly journal: { records(filter?: JournalFilter): JournalRecord[]; clear(): void }
  /** What AWS would have sent out into the world: e-mails, text messages. */
  readonly outbox: Pick<Outbox, 'messages' | 'clear'>
  /** The simulator's time: `await simulator.clock.advance({ hours: 1 })` runs everything that falls due. */
  readonly clock: Pick<SimulatedClock, 'now' | 'advance' | 'reset'>
  /** Forgets all state, journal and outbox, sets the clock back, makes the configured resources anew. */
  reset(): Promise<void>
  /** Ends everything; afterwards the process can end by itself. */
  stop(): Promise<void>
}

/** A simulator with what the command line shows of it. */
export interface OpenedSimulator extends Simulator {
  readonly config: Config
  /** Where state is kept; undefined when it goes with the process. */
  readonly data: string | undefined
  /** The project as it is served now. */
  snapshot(): ProjectSnapshot
  /** The start report: the project's findings and those of the configuration. */
  findings(): readonly Finding[]
  /** Buckets as plain folders with a manifest; both answer how many objects there were. */
  readonly buckets: {
    export(bucket: string, directory: string): Promise<number>
    import(bucket: string, directory: string): Promise<number>
  }
  subscribe(listener: (record: JournalRecord) => void): () => void
}
