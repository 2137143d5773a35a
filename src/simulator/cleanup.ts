/** What has to be undone when a simulator stops or could not be opened: last made, first undone. */
export interface Cleanup {
  add(undo: () => Promise<unknown> | unknown): void
  /** Undoes everything, also after a failure; throws the first failure at the end. Calling it again waits for the same. */
  run(): Promise<void>
}

/** An empty list of things to undo. */
export function createCleanup(): Cleanup {
  const steps: (() => Promise<unknown> | unknown)[] = []
  let running: Promise<void> | undefined
  const run = async (): Promise<void> => {
    const failures: unknown[] = []
    for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
      try {
        await step()
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw failures[0]
  }
  return {
    add: undo => void steps.push(undo),
    run: () => {
      running ??= run()
      return running
    },
  }
}
