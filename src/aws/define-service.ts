import type { Activity, Clock, DomainEvent, Events, Functions, Ids, Logger } from '../ports/index.ts'
import type { Blobs, Store } from '../stores/index.ts'
import type { CrossOriginRule } from './cross-origin.ts'
import type { AccessRequest, Principal } from './principal.ts'
import type { WireReply, WireRequest } from './protocols/index.ts'
import type { FormAuthenticator } from './sigv4/index.ts'

/** What a service may build its state from. */
export interface ServiceEnvironment {
  readonly store: Store
  /** Bodies too large for the store's records; S3's alone, which sweeps them at its start. */
  readonly blobs: Blobs
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Logger
  readonly activity: Activity
  readonly events: Events
  /** For services that call functions as part of an operation (Secrets Manager rotation, Cognito triggers). */
  readonly functions: Functions
  /** `http://127.0.0.1:4566`, known once the door listens; for URLs inside answers (QueueUrl). */
  readonly endpoint: () => string
  /** Verifies what is signed inside a body (S3's browser uploads); absent where nobody's keys are known. */
  readonly authenticateForm?: FormAuthenticator
  /** Faults on demand; `throttle` is the share of calls that are refused as too many, 0 to 1. */
  readonly chaos?: { readonly throttle?: number | undefined }
}

/** What one call of an operation sees. An operation that needs more is in the wrong place. */
export interface OperationContext<State> {
  readonly state: State
  readonly account: string
  readonly region: string
  readonly principal: Principal
  /** Also the `x-amzn-RequestId` of the answer. */
  readonly requestId: string
  /** The journal's record of the call, for what it leads to. */
  readonly trace?: string
  /** The simulator's present, milliseconds since 1970. */
  readonly now: number
  readonly newId: () => string
  readonly emit: (event: Pick<DomainEvent, 'type' | 'detail'>) => void
  /** Asks the policies about a part of the call, where each part is answered for itself; rejects with the refusal. */
  readonly authorize: (access: readonly AccessRequest[]) => Promise<void>
  readonly log: Logger
  /** The HTTP request's facts that a few operations need: S3's anonymous forms, source address, raw headers. */
  readonly http: {
    readonly sourceIp: string
    readonly secure: boolean
    readonly host: string
    readonly headers: Readonly<Record<string, string>>
    /** The request itself, for operations that hand it on; absent where a part of the simulator calls. */
    readonly wire?: WireRequest
    /** Headers that trail an `aws-chunked` body, lower-case; there once the body has been read to its end. */
    readonly trailers?: Readonly<Record<string, string>>
  }
}

/** One operation: input as the SDK types it (blobs are Uint8Array, timestamps Date), output likewise. */
export type Operation<State, Input = never, Output = unknown> = (
  context: OperationContext<State>,
  input: Input,
) => Output | Promise<Output>

/** Says which permissions one call needs; data for the policy engine. A promise where a resource's policy is read. */
export type AccessRule<State> = (
  context: OperationContext<State>,
  input: never,
) => readonly AccessRequest[] | Promise<readonly AccessRequest[]>

/** An operation's answer that is on the wire already, from an engine to which the service handed the request on. */
export class Forwarded {
  readonly reply: WireReply
  constructor(reply: WireReply) {
    this.reply = reply
  }
}

/** A service: data about it and its table of operations. */
export interface ServiceDefinition<State = unknown> {
  /** Lower-case id, which is also the model's file name: `ssm`, `dynamodb`. */
  readonly id: string
  readonly createState: (environment: ServiceEnvironment) => State | Promise<State>
  /** By AWS's operation name. What the model has and this table has not answers 501. */
  readonly operations: Readonly<Record<string, Operation<State, never>>>
  /** By operation name; an operation that is absent needs `{id}:{Operation}` on `*`. */
  readonly access?: Readonly<Record<string, AccessRule<State>>>
  /**
   * The service words its inputs' limits and missing members itself, so the door checks types only. Absent: the door
   * answers `1 validation error detected: …` as the model has it (where AWS's service does so).
   */
  readonly checksLimits?: true
  /**
   * By operation name: what comes before the model's limits, because the service words it otherwise. Throws the
   * `AwsError`; the input's types were checked. `broken` says what of the model's limits the input breaks.
   */
  readonly firstChecks?: Readonly<Record<string, (input: never, broken: () => string | undefined) => void>>
  /**
   * By operation name: reads an input whose documents stay in the body, in a JSON protocol; `decode` reads what it leaves.
   * Undefined: what is odd or wrong, which the codec reads.
   */
  readonly readers?: Readonly<
    Record<string, (body: Uint8Array, decode: (rest: Uint8Array) => unknown) => unknown>
  >
  /** Makes the state at the start, not at the first call: for services with dates that come due by themselves. */
  readonly startsAtOnce?: boolean
  /** The service's own rules about pages of other origins: S3's buckets have such. */
  readonly crossOrigin?: CrossOriginRule<State>
  /** Ends background work; called by `simulator.stop()`. */
  readonly stop?: (state: State) => Promise<void> | void
  /** Forgets everything; called by `simulator.reset()`. Absent: the store is cleared and `createState` called again. */
  readonly reset?: (state: State) => Promise<void> | void
}

/**
 * Declares a service, so that its state's type is inferred once. Lists of services do not know their states: only the
 * host that made a state hands it to the operations that belong to it.
 */
export function defineService<State>(definition: ServiceDefinition<State>): ServiceDefinition {
  return definition as unknown as ServiceDefinition
}
