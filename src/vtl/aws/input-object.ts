import { JavaMap } from '../java/map.ts'
import { JavaException, JavaObject, text, type Value } from '../java/value.ts'
import { PathCache } from '../json/json-path.ts'
import { readJsonLazily } from '../json/lazy-json.ts'
import { readLenientJson } from '../json/read-lenient-json.ts'
import { writeJson } from '../json/write-json.ts'

/** `$input`: the body, read as JSON only when a path asks, and the parameters. */
export class InputObject extends JavaObject {
  readonly className = 'Input'
  readonly #body: string
  readonly #params: JavaMap
  readonly #paths: PathCache
  #document: Value | undefined

  constructor(body: string, params: JavaMap, paths = new PathCache()) {
    super()
    this.#body = body
    this.#params = params
    this.#paths = paths
  }

  print(): string {
    return ''
  }

  body(): string {
    return this.#body === '' ? '{}' : this.#body
  }

  path(path: string): Value {
    return this.#paths.evaluate(this.#root(), path)
  }

  json(path: string): string {
    const value = this.path(path)
    return value === null ? '""' : writeJson(value)
  }

  params(): JavaMap {
    return this.#params
  }

  /** Looks in the path, then the query string, then the headers. */
  param(name: string): string {
    for (const place of ['path', 'querystring', 'header']) {
      const map = this.#params.get(place)
      const value = map instanceof JavaMap ? map.get(name) : null
      if (value !== null) return text(value)
    }
    return ''
  }

  /** The parsed body; a body that is no JSON is the text itself. */
  #root(): Value {
    this.#document ??= documentOf(this.#body)
    return this.#document
  }
}

/** JSON; else what passes for it; else the text itself. */
function documentOf(body: string): Value {
  if (body.trim() === '') return new JavaMap()
  for (const read of [readJsonLazily, readLenientJson])
    try {
      return read(body)
    } catch (error) {
      if (!(error instanceof JavaException)) throw error
    }
  return body
}
