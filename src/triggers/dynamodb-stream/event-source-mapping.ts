/**
 * What connects a stream with a function, as CreateEventSourceMapping has it.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html
 */
export interface StreamMapping {
  readonly uuid: string
  readonly eventSourceArn: string
  /** Name or ARN, with or without a qualifier. */
  readonly functionName: string
  /** The function's ARN as records of failures show it. */
  readonly functionArn: string
  readonly batchSize: number
  readonly maximumBatchingWindowInSeconds: number
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST'
  /** Parsed patterns; none: every record is delivered. */
  readonly filters: readonly unknown[]
  readonly parallelizationFactor: number
  /** -1: until the records expire. */
  readonly maximumRetryAttempts: number
  /** -1: no limit but the stream's own. */
  readonly maximumRecordAgeInSeconds: number
  readonly bisectBatchOnFunctionError: boolean
  readonly reportBatchItemFailures: boolean
  /** 0: no windows. */
  readonly tumblingWindowInSeconds: number
  /** The ARN that discarded batches are reported to. */
  readonly onFailure?: string
}

/** What CreateEventSourceMapping takes where nothing is said. */
export const mappingDefaults = {
  batchSize: 100,
  maximumBatchingWindowInSeconds: 0,
  filters: [],
  parallelizationFactor: 1,
  maximumRetryAttempts: -1,
  maximumRecordAgeInSeconds: -1,
  bisectBatchOnFunctionError: false,
  reportBatchItemFailures: false,
  tumblingWindowInSeconds: 0,
} as const satisfies Partial<StreamMapping>
