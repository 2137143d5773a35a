import { fromPlain } from '../java/from-plain.ts'
import { JavaHashMap } from '../java/hash-map.ts'
import { JavaMap } from '../java/map.ts'
import { text, type Value } from '../java/value.ts'
import type { Overrides, PlainValue, TemplateContext } from '../template.ts'

/** A map inside `$context`: it iterates by hash, and printed as a whole it is empty (recorded). */
class ContextMap extends JavaHashMap {
  readonly #plain: Readonly<Record<string, PlainValue>>
  readonly #inside: Readonly<Record<string, readonly string[]>>

  /** `inside` names the maps that are there even where `plain` has none. */
  constructor(
    plain: Readonly<Record<string, PlainValue>>,
    inside: Readonly<Record<string, readonly string[]>> = {},
  ) {
    super(null)
    this.#plain = plain
    this.#inside = inside
  }

  override print(): string {
    return ''
  }

  override get(key: Value): Value {
    if (this.isLoaded || typeof key !== 'string') return super.get(key)
    const value = Object.hasOwn(this.#plain, key) ? (this.#plain[key] ?? null) : null
    return typeof value === 'object' ? super.get(key) : fromPlain(value)
  }

  protected override fill(): Map<Value, Value> {
    const table = new Map<Value, Value>()
    for (const name of Object.keys(this.#plain)) table.set(name, contextValue(this.#plain[name] ?? null))
    for (const [name, members] of Object.entries(this.#inside)) {
      const map = table.get(name) ?? new ContextMap({})
      table.set(name, map)
      if (map instanceof JavaMap)
        for (const member of members) if (!map.has(member)) map.put(member, new ContextMap({}))
    }
    return table
  }
}

function contextValue(value: PlainValue): Value {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return fromPlain(value)
  return new ContextMap(value as Readonly<Record<string, PlainValue>>)
}

/** `$context` of one request, shared by its templates. */
export class AwsContext implements TemplateContext {
  readonly map: JavaMap

  constructor(map: JavaMap) {
    this.map = map
  }

  set(name: string, value: PlainValue): void {
    this.map.put(name, contextValue(value))
  }

  overrides(): Overrides {
    const request = mapIn(this.map, 'requestOverride')
    const response = mapIn(this.map, 'responseOverride')
    const status = response?.get('status') ?? null
    return {
      request: {
        header: strings(mapIn(request, 'header')),
        path: strings(mapIn(request, 'path')),
        querystring: strings(mapIn(request, 'querystring')),
      },
      response: {
        header: strings(mapIn(response, 'header')),
        status: status === null ? undefined : statusOf(status),
      },
    }
  }
}

const overrideMaps = { requestOverride: ['header', 'path', 'querystring'], responseOverride: ['header'] }

/** A context with the values given, and empty override maps where they bring none. */
export function createAwsContext(values: Readonly<Record<string, PlainValue>>): AwsContext {
  return new AwsContext(new ContextMap(values, overrideMaps))
}

function mapIn(map: JavaMap | undefined, name: string): JavaMap | undefined {
  const member = map?.get(name)
  return member instanceof JavaMap ? member : undefined
}

function strings(map: JavaMap | undefined): Record<string, string> {
  const result: [string, string][] = (map?.keys() ?? []).map(key => [text(key), text(map?.get(key) ?? null)])
  return Object.fromEntries(result)
}

/** Three digits, whether the template gave a number or a string; anything else overrides nothing. */
function statusOf(value: Value): number | undefined {
  const digits = text(value)
  return /^[1-9][0-9]{2}$/.test(digits) ? Number(digits) : undefined
}
