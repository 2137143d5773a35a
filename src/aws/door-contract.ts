import type { Readable } from 'node:stream'
import type { WholeBody } from '../lib/index.ts'
import type { AccessRequest, Circumstances, Principal } from './principal.ts'

/** The wire formats that the AWS door speaks; errors about signatures are worded per protocol. */
export type ProtocolName = 'awsJson1_0' | 'awsJson1_1' | 'restJson1' | 'restXml' | 'awsQuery' | 'rpcv2Cbor'

/** A body that an operation reads for itself: as it comes, or as a whole where it came as a whole. */
export type StreamedBody = Readable | WholeBody

/** A request as it arrived, for the signature to be verified over: nothing decoded, nothing merged. */
export interface SignedRequest {
  readonly method: string
  /** Path and query exactly as sent (`request.url` of Node). */
  readonly rawUrl: string
  /** `[name, value, name, value …]` exactly as sent. */
  readonly rawHeaders: readonly string[]
  /** The whole body; where the operation's input streams (PutObject, UploadPart), one that is read later. */
  readonly body: Uint8Array | StreamedBody
  readonly sourceIp: string
  readonly secure: boolean
  /** The name that the service signs with, `s3`, `execute-api` …, which the credential scope must repeat. */
  readonly signingName: string
  readonly protocol: ProtocolName
  /** The service's id, `sesv2`, and the operation where it is known. */
  readonly service: string
  readonly operation: string | undefined
  /** True for operations that AWS answers unsigned: Cognito's SignUp, AssumeRoleWithWebIdentity. */
  readonly signatureOptional: boolean
  /** The simulator's present, milliseconds since 1970. */
  readonly now: number
  readonly requestId: string
}

/** What a verified request stands for. */
export interface Authentication {
  readonly principal: Principal
  /**
   * The body to decode: the same bytes or stream, or one that takes `aws-chunked` apart and fails with an
   * `AwsError` at the chunk whose signature, or at the end whose hash, is wrong.
   */
  readonly body: Uint8Array | StreamedBody
  /** Trailing headers of `aws-chunked`, lower-case; filled once the body has been read to its end. */
  readonly trailers?: Readonly<Record<string, string>>
  /** What the journal should keep: canonical request, string to sign, the likeliest cause. */
  readonly evidence?: unknown
}

/** Finds out who calls; rejects with the `AwsError` that the service would answer. */
export interface RequestAuthenticator {
  authenticate(request: SignedRequest): Authentication | Promise<Authentication>
}

/** One call of an operation, put before the policy engine. */
export interface AuthorizationRequest extends Circumstances {
  readonly principal: Principal
  /** Every one of them has to be allowed. */
  readonly access: readonly AccessRequest[]
  readonly service: string
  readonly operation: string
  readonly protocol: ProtocolName
  readonly account: string
  readonly requestId: string
}

/** Decides whether a call may go on; rejects with the service's own access-denied `AwsError`. */
export interface Authorizer {
  authorize(request: AuthorizationRequest): void | Promise<void>
}
