import { expressionError } from './expression-error.ts'

/**
 * Collects what is wrong with an expression beyond its syntax. DynamoDB reports one problem: the first of the kind
 * that ranks highest, whatever stands first in the text (recorded by public suites).
 */
export class Problems<Rank extends string> {
  readonly #order: readonly Rank[]
  readonly #found = new Map<Rank, string>()

  constructor(order: readonly Rank[]) {
    this.#order = order
  }

  note(rank: Rank, message: string): void {
    if (!this.#found.has(rank)) this.#found.set(rank, message)
  }

  /** The message that DynamoDB would report. */
  first(): string | undefined {
    const rank = this.#order.find(one => this.#found.has(one))
    return rank === undefined ? undefined : this.#found.get(rank)
  }

  throwFirst(): void {
    const message = this.first()
    if (message !== undefined) throw expressionError(message)
  }
}
