/** Something that happened in a service ("an object was created"); who hears of it is decided in `triggers/`. */
export interface DomainEvent {
  /** The service's id: `s3`, `dynamodb` … */
  readonly source: string
  /** What happened, in the service's own words. */
  readonly type: string
  readonly account: string
  readonly region: string
  /** Milliseconds since 1970. */
  readonly time: number
  readonly detail: Readonly<Record<string, unknown>>
  /** The journal's record that led to it. */
  readonly cause?: string | undefined
}

/** Where services say what happened. */
export interface Events {
  emit(event: DomainEvent): void
}
