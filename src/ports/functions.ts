import type { FunctionScope } from './function-scope.ts'

/** A function as the project or CreateFunction describes it, ready to be run. */
export interface FunctionDefinition {
  readonly name: string
  /** Whose it is; absent: the project's, which is in every account and region. */
  readonly scope?: FunctionScope
  /** Lambda's runtime identifier: `nodejs20.x`, `python3.12`, `provided.al2023` … */
  readonly runtime: string
  /** `file.export` as in Lambda, relative to `codeDirectory`. */
  readonly handler: string
  /** What the function sees as `LAMBDA_TASK_ROOT` and as its working directory (absolute). */
  readonly codeDirectory: string
  /**
   * The absolute file that a Node runtime loads instead of resolving `handler` below `codeDirectory`: set where the
   * source is TypeScript and was bundled.
   */
  readonly entry?: string
  /** Folders put in front of the module search path (Python's `sys.path`, Node's `NODE_PATH`), absolute. */
  readonly libraries: readonly string[]
  /** Seconds. */
  readonly timeout: number
  /** MB. */
  readonly memorySize: number
  readonly environment: Readonly<Record<string, string>>
  /** The execution role's ARN. */
  readonly role: string
  readonly layers: readonly string[]
  readonly description?: string
  /** Where its log goes instead of `/aws/lambda/{name}`. */
  readonly logGroup?: string
  /** `TracingConfig`: whether an invocation is sampled of which its caller has not decided. */
  readonly tracing?: 'Active'
  /** Changes whenever code, imports or configuration change: environments of another fingerprint are stale. */
  readonly fingerprint: string
}

/** Lambda's three ways to invoke. */
export type InvocationType = 'RequestResponse' | 'Event' | 'DryRun'

/** A service that invokes a function for one of its resources. */
export interface InvokingService {
  /** `s3.amazonaws.com` */
  readonly principal: string
  /** The same service with its region, where policies may name it so: `logs.us-east-1.amazonaws.com`. */
  readonly regionalPrincipal?: string
  readonly sourceArn: string
  readonly sourceAccount: string
}

/** One call of Lambda's Invoke. */
export interface Invocation {
  /** A name, or an ARN with or without a qualifier; a name means the simulator's own account and region. */
  readonly functionName: string
  /** The ARN means what it says; otherwise one of an account and region without such a function means any of that name. */
  readonly exact?: true
  readonly qualifier?: string
  readonly invocationType: InvocationType
  /** The event as JSON text in UTF-8. */
  readonly payload: Uint8Array
  /** The caller printed the payload from a value, so that nobody has to look whether it is JSON. */
  readonly isJson?: boolean
  /** Base64 of the client context's JSON, as it travels in `X-Amz-Client-Context`. */
  readonly clientContext?: string
  /** The caller's Cognito identity, for `context.identity`. */
  readonly cognitoIdentity?: { readonly identityId: string; readonly identityPoolId: string }
  /** `Root=1-…;Parent=…;Sampled=…`. */
  readonly traceId?: string
  /** Keeps the id of an event that is tried again. */
  readonly requestId?: string
  /** The journal record that led to this invocation. */
  readonly cause?: string
  /** Set where the function's own policy has to let a service in; absent: the caller's permission was settled before. */
  readonly onBehalfOf?: InvokingService
  /** Receives the response as it is written; without it the response is collected in `payload`. */
  readonly onChunk?: (chunk: Uint8Array) => void
  /**
   * Receives the HTTP metadata (`statusCode`, `headers` …) in front of a streamed response, before its first chunk;
   * chunks and payload are without it then. A response that has none, or is not streamed, does not call it.
   */
  readonly onStreamMetadata?: (metadata: unknown) => void
  /** Ends the wait when the caller goes away; the function itself runs on, as on AWS. */
  readonly signal?: AbortSignal
}

/** What Invoke answers. */
export interface InvocationResult {
  readonly requestId: string
  /** 200 RequestResponse, 202 Event, 204 DryRun. */
  readonly statusCode: number
  /** What the function returned, or `{errorMessage, errorType, trace}`; empty for Event and DryRun. */
  readonly payload: Uint8Array
  /** Set when the function failed; `X-Amz-Function-Error`. */
  readonly functionError?: 'Handled' | 'Unhandled'
  readonly executedVersion: string
  /** This invocation's whole log: START, the function's output, END, REPORT. */
  readonly log: string
  /** Set where the function answered with HTTP metadata in front of its stream. */
  readonly streamMetadata?: unknown
}

/** How everything that calls functions (gateway, triggers, the Lambda API) reaches them. */
export interface Functions {
  /**
   * Invokes as Lambda's Invoke does. Rejects with an `AwsError` where Lambda itself would answer one:
   * ResourceNotFoundException, TooManyRequestsException, RequestTooLargeException, InvalidRequestContentException.
   */
  invoke(invocation: Invocation): Promise<InvocationResult>
}
