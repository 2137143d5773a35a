import { JavaMap } from '../java/map.ts'
import { PlainMap } from '../java/plain-map.ts'
import type { Value } from '../java/value.ts'
import type { TemplateInput } from '../template.ts'

/** `$input.params()`: maps of path, query string and header, made only when a template looks at them as maps. */
export class RequestParameters extends JavaMap {
  readonly #params: TemplateInput['params']

  constructor(params: TemplateInput['params']) {
    super(null)
    this.#params = params
  }

  /** The parameter of this name, looked for in the path, the query string and the headers. */
  find(name: string): string {
    const { path, querystring, header } = this.#params
    for (const place of [path, querystring, header]) if (Object.hasOwn(place, name)) return place[name] ?? ''
    return ''
  }

  /** Whether nobody can have changed a map yet. */
  get isUntouched(): boolean {
    return !this.isLoaded
  }

  protected override load(): Map<Value, Value> {
    const { path, querystring, header } = this.#params
    return new Map<Value, Value>([
      ['path', new PlainMap(path)],
      ['querystring', new PlainMap(querystring)],
      ['header', new PlainMap(header)],
    ])
  }
}
