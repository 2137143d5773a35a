import { JavaMap } from '../java/map.ts'
import { JavaException, type Value } from '../java/value.ts'
import { JsonTexts } from './json-text.ts'
import { lazyValue } from './lazy-json.ts'
import { compilePath } from './path/compile-path.ts'
import { evaluate } from './path/evaluate.ts'
import type { JsonPath } from './path/path-token.ts'
import { readLenientJson } from './read-lenient-json.ts'

/** Paths are few and used often. */
const mostPaths = 500

/** Reads bodies as JSON and evaluates paths in them; one engine's templates share it. */
export class JsonDocuments {
  readonly #paths = new Map<string, JsonPath>()
  readonly #texts = new JsonTexts()

  /** A body as `$input` sees it: JSON, else what passes for it in json-smart, else the text itself. */
  readBody(body: string): Value {
    const text = this.#texts.scan(body)
    if (text !== undefined) return lazyValue(text)
    if (body.trim() === '') return new JavaMap()
    try {
      return readLenientJson(body)
    } catch (error) {
      if (error instanceof JavaException) return body
      throw error
    }
  }

  /** JSON that must be JSON. */
  read(source: string): Value {
    const text = this.#texts.scan(source)
    if (text === undefined) throw new JavaException('java.lang.RuntimeException', 'The text is no JSON')
    return lazyValue(text)
  }

  evaluate(root: Value, source: string): Value {
    let path = this.#paths.get(source)
    if (path === undefined) {
      path = compilePath(source)
      if (this.#paths.size >= mostPaths) this.#paths.clear()
      this.#paths.set(source, path)
    }
    return evaluate(path, root, root)
  }
}
