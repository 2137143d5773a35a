import type { Principal } from '../aws/index.ts'
import type { JournalEntry } from '../ports/index.ts'
import type { Stage } from '../project/index.ts'
import type { PlainValue, TemplateContext } from '../vtl/index.ts'
import type { ApiKey, CognitoIdentity } from './gateway-auth.ts'
import type { GatewayRequest } from './messages.ts'
import type { MethodPlan } from './plan.ts'
import type { QueryString } from './query-string.ts'
import type { RequestHeaders } from './request-headers.ts'
import type { Trace } from './trace.ts'

/** A request that has come in: its ids, its time, its open journal record. */
export interface Arrival {
  readonly request: GatewayRequest
  /** `$context.requestId`, `x-amzn-RequestId`. */
  readonly requestId: string
  /** `$context.extendedRequestId`, `x-amz-apigw-id`. */
  readonly extendedRequestId: string
  /** The simulator's time of arrival, milliseconds since 1970. */
  readonly time: number
  /** Real milliseconds at arrival, for durations. */
  readonly started: number
  readonly trace: Trace
  readonly host: string
  readonly entry: JournalEntry
}

/** What the API's URL and the client's headers say. */
export interface Matched extends Arrival {
  readonly stage: Stage
  readonly plan: MethodPlan
  readonly canary: boolean | undefined
  readonly stageVariables: Readonly<Record<string, string>>
  readonly pathParameters: Readonly<Record<string, string>> | null
  readonly headers: RequestHeaders
  /** Name → last value, for events, templates and the journal. */
  readonly headerValues: Readonly<Record<string, string>>
  readonly query: QueryString | null
  /** The path below the stage with leading slashes collapsed; `path` of an event. */
  readonly path: string
}

/** Who calls, as far as it is known. */
export interface Caller {
  readonly principal?: Principal
  readonly cognito?: CognitoIdentity
  readonly apiKey?: ApiKey
  /** `$context.authorizer`: what an authorizer said. */
  readonly authorizer?: Readonly<Record<string, PlainValue>>
  /** The API key that a Lambda authorizer names. */
  readonly usageIdentifierKey?: string
}

/** A request that may go on. */
export interface Authorized extends Matched {
  readonly caller: Caller
  /** `$context` as plain values, made at most once. */
  readonly contextValues: () => Readonly<Record<string, PlainValue>>
  /** `$context` as templates share it, made at most once. */
  readonly templateContext: () => TemplateContext
}

/** A header, in order. */
export type Header = readonly [name: string, value: string]

/** What goes to the integration. */
export interface IntegrationRequest {
  readonly method: string
  readonly headers: readonly Header[]
  readonly query: readonly (readonly [name: string, value: string])[]
  readonly path: Readonly<Record<string, string>>
  readonly body: Buffer | string
}

/** A request whose integration request is made. */
export interface Mapped extends Authorized {
  readonly integrationRequest: IntegrationRequest
}

/** What the integration answered. */
export interface IntegrationAnswer {
  readonly status: number
  readonly headers: readonly Header[]
  readonly body: Buffer
  /** What selection patterns are matched against. */
  readonly selection: string
}

/** A request that its integration has answered. */
export interface Answered extends Mapped {
  readonly answer: IntegrationAnswer
}
