import { JavaArray } from '../java/array.ts'
import { JavaList } from '../java/collection.ts'
import type { Value } from '../java/value.ts'
import type { TemplateLimits, TracedReference } from '../template.ts'
import { RuntimeFault } from './runtime-fault.ts'

/** More than this no mapping builds. */
const mostItems = 10_000_000

/** What one render changes: variables, output, and what is left of its limits. */
export class RenderState {
  /** One place per name that the template mentions. */
  readonly variables: Value[]
  /** Variables whose writes are dropped, because a `#foreach` shows a null element there. */
  masked: Set<number> | undefined
  out = ''
  depth = 0
  readonly limits: TemplateLimits
  readonly trace: ((reference: TracedReference) => void) | undefined
  readonly #elapsed: () => number
  #deadline: number | undefined
  #steps = 0
  #items = 0
  /** Output that waits outside of a captured part. */
  #outside = 0

  constructor(
    variables: Value[],
    limits: TemplateLimits,
    elapsed: () => number,
    trace: ((reference: TracedReference) => void) | undefined,
  ) {
    this.variables = variables
    this.limits = limits
    this.trace = trace
    this.#elapsed = elapsed
  }

  /** What `run` writes, instead of writing it. */
  capture(run: (state: RenderState) => void): string {
    const before = this.out
    this.#outside += before.length
    this.out = ''
    try {
      run(this)
      return this.out
    } finally {
      this.out = before
      this.#outside -= before.length
    }
  }

  assign(slot: number, value: Value): void {
    if (this.masked === undefined || !this.masked.has(slot)) this.variables[slot] = value
  }

  /** Called by everything that repeats: ends a render that writes too much or takes too long. */
  step(): void {
    if (this.out.length + this.#outside > this.limits.output) throw this.#tooLong()
    if ((++this.#steps & 63) === 0) this.#checkDeadline()
  }

  /** Counts what a render builds: lists and arrays that it could keep until no memory is left. */
  weigh(value: Value): void {
    if (value instanceof JavaArray) this.#items += value.values.length
    else if (value instanceof JavaList && value.constructor === JavaList) this.#items += value.size()
    if (this.#items > mostItems)
      throw new RuntimeFault(`The lists of one render hold more than ${mostItems} items`, 'template-memory')
  }

  /** Passes the output on if it is not too long. */
  finished(): string {
    if (this.out.length > this.limits.output) throw this.#tooLong()
    return this.out
  }

  #tooLong(): RuntimeFault {
    return new RuntimeFault(`The output is longer than ${this.limits.output} characters`, 'template-output')
  }

  /** Enters something that may contain itself. */
  enter(): void {
    if (++this.depth > this.limits.depth)
      throw new RuntimeFault(`Nested deeper than ${this.limits.depth} levels`, 'template-depth')
    this.step()
  }

  /** The clock starts with the first check, so that short renders never ask for the time. */
  #checkDeadline(): void {
    const now = this.#elapsed()
    this.#deadline ??= now + this.limits.milliseconds
    if (now > this.#deadline)
      throw new RuntimeFault(
        `The render took longer than ${this.limits.milliseconds} ms`,
        'template-deadline',
      )
  }
}
