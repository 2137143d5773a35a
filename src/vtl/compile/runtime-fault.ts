/** Something that stops a render: an exception of Java, or a limit. */
export class RuntimeFault extends Error {
  readonly code: string
  /** Where in the template, as soon as it is known. */
  offset: number | undefined

  constructor(message: string, code = 'template-render', offset?: number, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
    this.offset = offset
  }
}

/** Ends a `#foreach`, a `#define`d block or the whole render; `target` says which. */
export class StopSignal extends Error {
  /** `nearest`, `all`, or the loop that is meant. */
  readonly target: 'nearest' | 'all' | object

  constructor(target: 'nearest' | 'all' | object) {
    super('stopped')
    this.target = target
  }

  stops(owner: object): boolean {
    return this.target === 'nearest' || this.target === owner
  }
}
