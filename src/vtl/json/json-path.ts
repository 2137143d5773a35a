import type { Value } from '../java/value.ts'
import { compilePath } from './path/compile-path.ts'
import { evaluate } from './path/evaluate.ts'
import type { JsonPath } from './path/path-token.ts'

/** Paths are few and used often. */
const mostPaths = 500

/** Evaluates paths and keeps them compiled. */
export class PathCache {
  readonly #paths = new Map<string, JsonPath>()

  evaluate(root: Value, source: string): Value {
    const path = this.compile(source)
    return evaluate(path, root, root)
  }

  compile(source: string): JsonPath {
    let path = this.#paths.get(source)
    if (path === undefined) {
      path = compilePath(source)
      if (this.#paths.size >= mostPaths) this.#paths.clear()
      this.#paths.set(source, path)
    }
    return path
  }
}
