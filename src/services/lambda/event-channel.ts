/** Events from whoever pushes them to whoever iterates, in order. */
export interface EventChannel<Event> {
  push(event: Event): void
  end(): void
  fail(error: unknown): void
  /** Resolves, with nothing, when the first event was pushed. */
  readonly first: Promise<undefined>
  readonly events: AsyncIterable<Event>
}

/** Makes a channel for one reader. */
export function createEventChannel<Event>(): EventChannel<Event> {
  const waiting: Event[] = []
  let ended = false
  let failure: { readonly error: unknown } | undefined
  let wake: () => void = () => {}
  let begin: (nothing: undefined) => void = () => {}
  const first = new Promise<undefined>(resolve => {
    begin = resolve
  })
  async function* events(): AsyncGenerator<Event> {
    for (;;) {
      const next = waiting.shift()
      if (next !== undefined) yield next
      else if (failure) throw failure.error
      else if (ended) return
      else
        await new Promise<void>(resolve => {
          wake = resolve
        })
    }
  }
  return {
    first,
    events: events(),
    push(event) {
      waiting.push(event)
      begin(undefined)
      wake()
    },
    end() {
      ended = true
      wake()
    },
    fail(error) {
      failure = { error }
      wake()
    },
  }
}
