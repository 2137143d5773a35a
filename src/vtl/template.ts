/** Values of `$context`, `$stageVariables` and of a request's parameters before they become Java's values. */
export type PlainValue =
  | null
  | boolean
  | number
  | string
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue }

/** What `$input` shows of a request or of an integration's answer. */
export interface TemplateInput {
  /** The body as text; an absent or empty one is given as `''` (and prints as `{}`). */
  readonly body: string
  /** In the order in which `$input.params()` shows them. */
  readonly params: {
    readonly path: Readonly<Record<string, string>>
    readonly querystring: Readonly<Record<string, string>>
    readonly header: Readonly<Record<string, string>>
  }
}

/** What templates wrote into `$context.requestOverride` and `$context.responseOverride`. */
export interface Overrides {
  readonly request: {
    readonly header: Readonly<Record<string, string>>
    readonly path: Readonly<Record<string, string>>
    readonly querystring: Readonly<Record<string, string>>
  }
  readonly response: {
    readonly header: Readonly<Record<string, string>>
    readonly status: number | undefined
  }
}

/**
 * `$context` of one request. The request template and the response template of one request share it: what the first
 * writes into its override maps, the second reads (recorded).
 */
export interface TemplateContext {
  overrides(): Overrides
  /** Adds or replaces a member of `$context` between stages: `integration`, `error`, `authorizer` … */
  set(name: string, value: PlainValue): void
}

/** What one render sees. */
export interface TemplateScope {
  readonly input: TemplateInput
  readonly context: TemplateContext
  readonly stageVariables: Readonly<Record<string, string>>
  /** Further top-level references; only `render` on the command line and tests use them. */
  readonly vars?: Readonly<Record<string, PlainValue>>
  /** Called with each reference as written, its value printed, and where it stands; for `render --trace`. */
  readonly trace?: (reference: TracedReference) => void
}

/** One evaluated reference. */
export interface TracedReference {
  readonly text: string
  readonly value: string
  readonly line: number
  readonly column: number
}

/** A compiled template: immutable, shared by all requests, without state between renders. */
export interface Template {
  readonly name: string
  readonly source: string
  /** Renders or throws a `TemplateError`. */
  render(scope: TemplateScope): string
}

/** Bounds that keep a template from hanging or exhausting the process. */
export interface TemplateLimits {
  /** Iterations of one `#foreach`; AWS: 1,000. */
  readonly foreach: number
  /** Characters of output. */
  readonly output: number
  /** Nesting of `#define`d blocks and of directives. */
  readonly depth: number
  /** Milliseconds of one render. */
  readonly milliseconds: number
}

/** One way of rendering: `aws` is ours, `velocityjs` the library, for teams whose templates were written against it. */
export interface TemplateEngine {
  readonly name: 'aws' | 'velocityjs'
  /** Parses and compiles; throws a `TemplateError` where the text is no template. */
  compile(
    source: string,
    options?: { readonly name?: string; readonly limits?: Partial<TemplateLimits> },
  ): Template
  /** `$context` for one request. */
  createContext(values: Readonly<Record<string, PlainValue>>): TemplateContext
}
