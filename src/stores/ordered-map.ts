/** Keys in one run before it is split in two. */
const longestRun = 512

interface Run<Value> {
  readonly keys: string[]
  readonly values: Value[]
}

/** The first position whose key is not below `key`. */
function lowerBound(keys: readonly string[], key: string): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((keys[middle] ?? '') < key) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * A map whose keys stand in order: sorted runs of up to 512 keys under one sorted list of their first keys.
 *
 * Two levels are enough for a store in memory (ten million keys make 30,000 runs) and leave nothing to balance.
 */
export class OrderedMap<Value> {
  readonly #runs: Run<Value>[] = [{ keys: [], values: [] }]
  /** The least key that may stand in the run of the same position; the first run takes everything below. */
  readonly #firsts: string[] = ['']
  #size = 0
  /** Counts what moves positions, for walks that go on after a change. */
  #moves = 0

  get size(): number {
    return this.#size
  }

  get(key: string): Value | undefined {
    const run = this.#run(this.#position(key))
    const at = lowerBound(run.keys, key)
    return run.keys[at] === key ? run.values[at] : undefined
  }

  /** Answers what `key` had before. */
  set(key: string, value: Value): Value | undefined {
    const position = this.#position(key)
    const run = this.#run(position)
    const at = lowerBound(run.keys, key)
    if (run.keys[at] === key) {
      const before = run.values[at]
      run.values[at] = value
      return before
    }
    this.#size++
    this.#moves++
    if (at === run.keys.length) {
      run.keys.push(key)
      run.values.push(value)
    } else {
      run.keys.splice(at, 0, key)
      run.values.splice(at, 0, value)
    }
    if (run.keys.length > longestRun) this.#split(position, run, at)
    return undefined
  }

  /** Answers what `key` had. */
  delete(key: string): Value | undefined {
    const position = this.#position(key)
    const run = this.#run(position)
    const at = lowerBound(run.keys, key)
    if (run.keys[at] !== key) return undefined
    this.#size--
    this.#moves++
    run.keys.splice(at, 1)
    const [value] = run.values.splice(at, 1)
    if (run.keys.length === 0 && position > 0) {
      this.#runs.splice(position, 1)
      this.#firsts.splice(position, 1)
    }
    return value
  }

  /** The entry of the least key that is `from` or, with `after`, above it. */
  next(from: string, after: boolean): readonly [string, Value] | undefined {
    let position = this.#position(from)
    let at = lowerBound(this.#run(position).keys, from)
    if (after && this.#run(position).keys[at] === from) at++
    while (position < this.#runs.length) {
      const run = this.#run(position)
      const key = run.keys[at]
      if (key !== undefined) return [key, run.values[at] as Value]
      position++
      at = 0
    }
    return undefined
  }

  /** The entry of the greatest key below `to`; of all without `to`. */
  previous(to: string | undefined): readonly [string, Value] | undefined {
    let position = to === undefined ? this.#runs.length - 1 : this.#position(to)
    let at =
      (to === undefined ? this.#run(position).keys.length : lowerBound(this.#run(position).keys, to)) - 1
    while (position >= 0) {
      const run = this.#run(position)
      const key = run.keys[at]
      if (key !== undefined) return [key, run.values[at] as Value]
      position--
      at = (this.#runs[position]?.keys.length ?? 0) - 1
    }
    return undefined
  }

  /**
   * Walks upwards from the least key that is not below `from` as long as keys are below `to`, at most `limit` of them;
   * what changes ahead of it meanwhile is seen.
   */
  *upwards(from: string, to?: string, limit = Number.POSITIVE_INFINITY): Generator<readonly [string, Value]> {
    let [position, at, moves] = [0, 0, -1]
    let last: string | undefined
    for (let left = limit; left > 0; left--) {
      if (moves === this.#moves) at++
      else {
        moves = this.#moves
        position = this.#position(last ?? from)
        const { keys } = this.#run(position)
        at = lowerBound(keys, last ?? from)
        if (last !== undefined && keys[at] === last) at++
      }
      let run = this.#runs[position]
      for (; run !== undefined && at >= run.keys.length; at = 0) run = this.#runs[++position]
      if (run === undefined) return
      last = run.keys[at] as string
      if (to !== undefined && last >= to) return
      yield [last, run.values[at] as Value]
    }
  }

  /** The same downwards, from the greatest key below `to`, or of all, as long as keys are not below `from`. */
  *downwards(
    to: string | undefined,
    from = '',
    limit = Number.POSITIVE_INFINITY,
  ): Generator<readonly [string, Value]> {
    let [position, at, moves] = [0, 0, -1]
    let last = to
    for (let left = limit; left > 0; left--) {
      if (moves === this.#moves) at--
      else {
        moves = this.#moves
        position = last === undefined ? this.#runs.length - 1 : this.#position(last)
        const { keys } = this.#run(position)
        at = (last === undefined ? keys.length : lowerBound(keys, last)) - 1
      }
      for (; at < 0 && position > 0; at = this.#run(position).keys.length - 1) position--
      if (at < 0) return
      const run = this.#run(position)
      last = run.keys[at] as string
      if (last < from) return
      yield [last, run.values[at] as Value]
    }
  }

  #run(position: number): Run<Value> {
    const run = this.#runs[position]
    if (run === undefined) throw new RangeError(`no run ${position}`)
    return run
  }

  #position(key: string): number {
    const at = lowerBound(this.#firsts, key)
    return this.#firsts[at] === key ? at : at - 1
  }

  /** In half; a run that grows at its end (keys that count up) keeps all but the newest, so that it stays full. */
  #split(position: number, run: Run<Value>, insertedAt: number): void {
    const last = position === this.#runs.length - 1 && insertedAt === run.keys.length - 1
    const cut = last ? run.keys.length - 1 : run.keys.length >>> 1
    const upper = { keys: run.keys.splice(cut), values: run.values.splice(cut) }
    this.#runs.splice(position + 1, 0, upper)
    this.#firsts.splice(position + 1, 0, upper.keys[0] ?? '')
  }
}
