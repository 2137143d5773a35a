/** What AWS would answer a caller of its API; turned into bytes only by a protocol codec. */
export class AwsError extends Error {
  override readonly name = 'AwsError'
  /** The shape's name in the model, or the bare code where no shape is modelled: `ResourceNotFoundException`, `NoSuchKey`. */
  readonly code: string
  /** HTTP status; a modelled error's own status is used where this is absent. */
  readonly statusCode: number | undefined
  /** Further members of the error's shape (`ResourceType`, `Reason`, `BucketName` …). */
  readonly detail: Readonly<Record<string, unknown>>
  /** Headers that the answer carries besides: `x-amz-delete-marker` with S3's 404, `ETag` with a 304. */
  readonly headers: Readonly<Record<string, string>>
  /** `Sender` for 4xx, `Receiver` for 5xx, unless said. */
  readonly fault: 'Sender' | 'Receiver'

  constructor(
    code: string,
    message: string,
    options: {
      readonly statusCode?: number
      readonly detail?: Readonly<Record<string, unknown>>
      readonly headers?: Readonly<Record<string, string>>
      readonly fault?: 'Sender' | 'Receiver'
      readonly cause?: unknown
    } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.statusCode = options.statusCode
    this.detail = options.detail ?? {}
    this.headers = options.headers ?? {}
    this.fault = options.fault ?? ((options.statusCode ?? 400) >= 500 ? 'Receiver' : 'Sender')
  }
}
