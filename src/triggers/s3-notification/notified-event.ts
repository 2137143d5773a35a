/**
 * Something that happened to an object, as it lies in S3's outbox: all that a notification says of it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export interface NotifiedEvent {
  /** `ObjectCreated:Put`, without `s3:`. */
  readonly type: string
  readonly bucket: string
  /** The account that owns the bucket. */
  readonly bucketOwner: string
  readonly region: string
  /** As it is, not encoded. */
  readonly key: string
  readonly size?: number | undefined
  /** Without quotes. */
  readonly eTag?: string | undefined
  /** Absent for the null version. */
  readonly versionId?: string | undefined
  /** Hexadecimal digits; absent where AWS gives none. */
  readonly sequencer?: string | undefined
  /** Milliseconds since 1970. */
  readonly time: number
  /** The ids of the answer to the request that caused it. */
  readonly requestId: string
  readonly hostId: string
  readonly principalId: string
  readonly sourceIp: string
  readonly restore?: { readonly until: number; readonly storageClass: string } | undefined
  /** A copy that could not be made: by which rule, to which bucket, why. */
  readonly replication?:
    | { readonly rule: string; readonly destination: string; readonly reason: string }
    | undefined
  /** `X-Amzn-Trace-Id` of the request, by which Lambda sees loops. */
  readonly traceId?: string | undefined
  /** The journal's record of the request. */
  readonly cause?: string | undefined
}
