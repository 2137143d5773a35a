/** A small generator of its own, so that every run with the same seed tries the same. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0
    return Math.floor((this.#state / 2 ** 32) * limit)
  }

  chance = (share: number): boolean => this.below(1000) < share * 1000
  pick = <Value>(values: readonly Value[]): Value => values[this.below(values.length)] as Value
  some = <Value>(share: number, make: () => Value): Value | undefined =>
    this.chance(share) ? make() : undefined
  list = <Value>(most: number, make: () => Value): Value[] =>
    Array.from({ length: this.below(most + 1) }, make)
  /** A list with something in it, nearly always. */
  few = <Value>(most: number, make: () => Value): Value[] =>
    this.chance(0.04) ? [] : [make(), ...this.list(most - 1, make)]
}
