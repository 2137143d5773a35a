/** What AWS would answer a caller of its API; turned into bytes only by a protocol codec. */
export class AwsError extends Error {
  override readonly name = 'AwsError'
  /** The shape's name in the model, or the bare code where no shape is modelled: `ResourceNotFoundException`, `NoSuchKey`. */
  readonly code: string
  /** HTTP status; a modelled error's own status is used where this is absent. */
  readonly statusCode: number | undefined
  /** Further members of the error's shape (`ResourceType`, `Reason`, `BucketName` …). */
  readonly detail: Readonly<Record<string, unknown>>
  /** `Sender` for 4xx, `Receiver` for 5xx, unless said. */
  readonly fault: 'Sender' | 'Receiver'

  constructor(
    code: string,
    message: string,
    options: {
      readonly statusCode?: number
      readonly detail?: Readonly<Record<string, unknown>>
      readonly fault?: 'Sender' | 'Receiver'
      readonly cause?: unknown
    } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.statusCode = options.statusCode
    this.detail = options.detail ?? {}
    this.fault = options.fault ?? ((options.statusCode ?? 400) >= 500 ? 'Receiver' : 'Sender')
  }
}
