/** Where in one of the user's files a problem stands; counts from 1. */
export interface UserPosition {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** The project, its configuration or the command line is wrong: what, where, and what to do about it. */
export class UserError extends Error {
  override readonly name = 'UserError'
  /** Short and stable, for scripts: `unknown-function`, `template-syntax` … */
  readonly code: string
  readonly position: UserPosition | undefined
  readonly hint: string | undefined
  /** The lines around `position` as they were when it was found; `codeFrame` draws them. */
  readonly source: string | undefined

  constructor(
    code: string,
    message: string,
    options: {
      readonly position?: UserPosition
      readonly hint?: string
      readonly source?: string
      readonly cause?: unknown
    } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.position = options.position
    this.hint = options.hint
    this.source = options.source
  }
}
