import { JavaMap } from '../java/map.ts'
import { JavaObject, printIdentity, text, type Value } from '../java/value.ts'
import { JsonDocuments } from '../json/json-documents.ts'
import { writeJson } from '../json/write-json.ts'
import { RequestParameters } from './request-parameters.ts'

/** `$input`: the body, read as JSON only when a path asks, and the parameters. */
export class InputObject extends JavaObject {
  get className(): string {
    return 'Input'
  }
  readonly #body: string
  readonly #params: JavaMap
  readonly #documents: JsonDocuments
  #document: Value | undefined

  constructor(body: string, params: JavaMap, documents = new JsonDocuments()) {
    super()
    this.#body = body
    this.#params = params
    this.#documents = documents
  }

  print(): string {
    return ''
  }

  override identity(): string {
    return printIdentity(this.className)
  }

  body(): string {
    return this.#body === '' ? '{}' : this.#body
  }

  path(path: string): Value {
    return this.#documents.evaluate(this.#root(), path)
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
    if (this.#params instanceof RequestParameters && this.#params.isUntouched) return this.#params.find(name)
    for (const place of ['path', 'querystring', 'header']) {
      const map = this.#params.get(place)
      const value = map instanceof JavaMap ? map.get(name) : null
      if (value !== null) return text(value)
    }
    return ''
  }

  /** The parsed body; a body that is no JSON is the text itself. */
  #root(): Value {
    this.#document ??= this.#documents.readBody(this.#body)
    return this.#document
  }
}
