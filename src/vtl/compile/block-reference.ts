import { JavaObject } from '../java/value.ts'
import type { RenderState } from './render-state.ts'
import { StopSignal } from './runtime-fault.ts'

/** Velocity's own bound on a block that prints itself. */
const mostNested = 2

/** What `#define` puts into a variable: it renders wherever it is printed. */
export class BlockReference extends JavaObject {
  get className(): string {
    return 'org.apache.velocity.runtime.directive.Block$Reference'
  }
  readonly #run: (state: RenderState) => void
  readonly #state: RenderState
  #depth = 0

  constructor(run: (state: RenderState) => void, state: RenderState) {
    super()
    this.#run = run
    this.#state = state
  }

  /** Renders into `state`; false where it is nested too deep. */
  render(state: RenderState): boolean {
    if (this.#depth >= mostNested) return false
    this.#depth++
    state.enter()
    try {
      this.#run(state)
    } catch (signal) {
      if (!(signal instanceof StopSignal) || !signal.stops(this)) throw signal
    }
    // As in Velocity, a block that is left by an exception stays counted.
    state.depth--
    this.#depth--
    return true
  }

  print(): string | null {
    let rendered = false
    const text = this.#state.capture(state => {
      rendered = this.render(state)
    })
    return rendered ? text : null
  }
}
