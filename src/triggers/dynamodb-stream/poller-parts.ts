import type {
  Activity,
  Checkpoints,
  Clock,
  Functions,
  Ids,
  Journal,
  Logger,
  StreamSource,
} from '../../ports/index.ts'

/** A record of discarded events on its way to a destination. */
export interface FailureReport {
  /** The destination's ARN. */
  readonly target: string
  readonly body: string
  /** The event that was given up; only buckets get it. */
  readonly event: object
  /** The key under which a bucket keeps the report. */
  readonly key: string
  /** The journal record that led here. */
  readonly cause: string
}

/** What polling a stream needs of the house. */
export interface PollerParts {
  readonly streams: StreamSource
  readonly checkpoints: Checkpoints
  readonly functions: Functions
  readonly clock: Clock
  readonly ids: Ids
  readonly journal: Journal
  readonly activity: Activity
  readonly log: Logger
  /** The journal record that wrote to a stream last. */
  readonly causeOf?: (streamArn: string) => string | undefined
  /** Hears how each invocation for a mapping ended. */
  readonly noteResult?: (uuid: string, isFailure: boolean) => void
  /** Brings a report to its destination. */
  readonly deliver: (report: FailureReport) => Promise<void>
}
