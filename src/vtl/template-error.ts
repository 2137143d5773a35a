import { UserError } from '../lib/index.ts'

/** A text that is no template, or a render that failed: API Gateway answers both with a 500; this says where and why. */
export class TemplateError extends UserError {
  /** The template's name as it was given to `compile`. */
  readonly template: string
  readonly line: number
  readonly column: number
  /** What should have stood there; only where the text is no template. */
  readonly expected: string | undefined

  constructor(
    code: string,
    message: string,
    place: {
      readonly template: string
      readonly source: string
      readonly line: number
      readonly column: number
    },
    options: { readonly expected?: string; readonly cause?: unknown } = {},
  ) {
    const { template, source, line, column } = place
    super(code, message, {
      position: { file: template, line, column },
      source,
      ...(options.expected === undefined ? {} : { hint: `Expected ${options.expected}` }),
      ...('cause' in options ? { cause: options.cause } : {}),
    })
    this.template = template
    this.line = line
    this.column = column
    this.expected = options.expected
  }
}
